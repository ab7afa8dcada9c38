"""Tax secrecy: names as strangers may see them (UU 1/2022)."""


def masked(name: str) -> str:
    """`R*** M******`: the first letter of each word, never fewer than two stars for the rest."""
    return " ".join(f"{word[0]}{'*' * max(len(word) - 1, 2)}" for word in name.split())
