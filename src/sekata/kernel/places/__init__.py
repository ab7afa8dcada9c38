"""Points, areas, proximity: what lies where, as lon/lat and GeoJSON."""
