"""Text as people search and sort it, equal on every database collation."""

import re
import unicodedata


def fold(text: str) -> str:
    """Lower case without accents: 'Özdemir' -> 'ozdemir'."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def full_name(first: str, prefix: str, last: str) -> str:
    """First name, prefix and last name with single spaces."""
    return " ".join(part for part in (first, prefix, last) if part)


def name_key(first: str, last: str) -> str:
    """Sorting on last name without prefix: 'van der Berg' stands under B."""
    return f"{fold(last)} {fold(first)}".strip()


def search_query(typed: str) -> str:
    """What was typed as a tsquery of word beginnings: 'de Vr' -> 'de:* & vr:*'; empty when nothing is left."""
    words = re.findall(r"[\w.@-]+", fold(typed)[:100])
    return " & ".join(f"'{word}':*" for word in words if word.strip(".-@"))
