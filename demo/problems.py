"""What can be wrong with a source file, told to its author all at once."""

from collections.abc import Hashable
from typing import Any

import yaml


class SourceError(Exception):
    """A source breaks the format; `problems` are sentences an author can act on."""

    def __init__(self, name: str, problems: list[str]) -> None:
        """Keep the problems and show one a line."""
        self.problems = problems
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))


class _Loader(yaml.SafeLoader):
    """YAML in which a repeated key is an error and a date stays the text it is."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a repeated key, of which YAML would silently keep the last."""
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.YAMLError(f"the key {key} is there twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_mapping(text: str, what: str, problems: list[str]) -> dict[str, Any]:
    """Read `text` as a YAML mapping; on failure note a problem and return an empty one."""
    try:
        value = yaml.load(text, Loader=_Loader)  # a SafeLoader
    except yaml.YAMLError as error:
        problems.append(f"{what} is not YAML: {' '.join(str(error).split())}")
        return {}
    if not isinstance(value, dict):
        problems.append(f"{what} must be `key: value` lines")
        return {}
    return {str(key): item for key, item in value.items()}
