"""What a person sees: words, charts, maps, exports, widgets; knows no file and no formula."""
