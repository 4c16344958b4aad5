// Questions with a few answers each: radio buttons of the browser's own, in one piece.
// Fed by views/widgets/choices_part.py. Text reaches the page through textContent only.

const kept = new WeakMap();
let groups = 0;

export function draw({ data, parentElement, setTriggerValue }) {
  let held = kept.get(parentElement);
  if (!held) {
    const box = document.createElement("div");
    box.className = "choices";
    parentElement.replaceChildren(box);
    held = { box, sent: data.answered, fields: new Map() };
    kept.set(parentElement, held);
  }
  // A choice still on its way counts more than an answer to an earlier one.
  const current = data.answered >= held.sent;
  held.sent = Math.max(held.sent, data.answered);
  const choose = (question, option) => {
    held.sent += 1;
    if (option.look) {
      // Whatever shows these colours can wear them before the server has answered.
      const detail = { number: held.sent, target: data.target, look: option.look };
      document.dispatchEvent(new CustomEvent("tk-look", { detail }));
    }
    setTriggerValue("chosen", { number: held.sent, question: question.name, option: option.name });
  };
  for (const [name, { fieldset }] of held.fields) {
    if (data.questions.some((one) => one.name === name)) continue;
    fieldset.remove();
    held.fields.delete(name);
  }
  data.questions.forEach((question, at) => {
    let field = held.fields.get(question.name);
    if (!field || field.options !== optionsOf(question)) {
      field?.fieldset.remove();
      field = fieldOf(question);
      held.fields.set(question.name, field);
    }
    if (held.box.children[at] !== field.fieldset) held.box.insertBefore(field.fieldset, held.box.children[at] ?? null);
    field.legend.textContent = question.label;
    question.options.forEach((option, place) => {
      const { radio, words } = field.answers[place];
      words.textContent = option.words;
      radio.onchange = () => choose(question, option);
      if (current) radio.checked = option.name === question.chosen;
    });
  });
}

function optionsOf(question) {
  return question.options.map(({ name }) => name).join(" ");
}

function fieldOf(question) {
  const fieldset = document.createElement("fieldset"), legend = document.createElement("legend");
  fieldset.dataset.name = question.name;
  fieldset.append(legend);
  const group = `choices-${(groups += 1)}`;
  const answers = question.options.map(({ name }) => {
    const label = document.createElement("label"), words = document.createElement("span");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = group;
    radio.value = name;
    label.append(radio, words);
    fieldset.append(label);
    return { radio, words };
  });
  return { fieldset, legend, answers, options: optionsOf(question) };
}
