"""All attacks, in the order of the list."""

from attacks import (
    answers,
    between,
    channel,
    controls,
    exhausting,
    forging,
    notebooks,
    reaching,
    reading,
    writing,
)
from attacks.attack import SECTIONS, Attack

_PARTS = (forging, answers, channel, reading, writing, reaching, exhausting, notebooks, between, controls)

ATTACKS: dict[str, Attack] = {}
for _section in SECTIONS:
    for _attack in [attack for part in _PARTS for attack in part.ATTACKS if attack.section == _section]:
        if f"{_section}: {_attack.name}" in ATTACKS:
            raise ValueError(f"two attacks have the same name: {_attack.name}")
        ATTACKS[f"{_section}: {_attack.name}"] = _attack
