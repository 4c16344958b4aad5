"""Maps: described once, drawn by the map part, by folium or into a file."""
