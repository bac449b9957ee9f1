"""Password validators, with their messages in Japanese."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "短すぎます"),
        ("x" * 129, "長すぎます"),
        ("aaaaaaaaaaaaaaaa", "推測されやすい"),
        ("ababababababab", "推測されやすい"),
        ("abcdefghijklmnop", "推測されやすい"),
        ("poiuytrewq4321", "推測されやすい"),
        ("MOFA-recruit-2026", "推測されやすい"),
        ("外務省採用パスワード2026", "推測されやすい"),
        ("testserver-pass", "推測されやすい"),
        ("1357924680246", "数字しか"),
    ],
)
def test_password_that_is_soon_guessed_is_refused(password, reason):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert reason in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    ["seven quiet otters", "朝の会議室に七羽のかもめが来る", "k3v9-Tq2m-Zr8x", "correct horse " * 9],
)
def test_sentence_or_random_characters_are_taken(password):
    validate_password(password)


def test_rules_are_said_in_japanese():
    texts = password_validators_help_texts()
    assert len(texts) == 6
    assert all(not any("a" <= letter <= "z" for letter in text) for text in texts)
