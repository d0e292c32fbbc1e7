"""stub"""

from figurecheck.appendix.content import line


def references(sources, style):
    return {each.key: line(each.citation) for each in sources}
