"""The links of pieces to related pieces, with those pieces as readers may see them."""

from typing import NamedTuple

from recruit_site.content.models.related_link import PieceField, PieceKey, RelatedLink, linkable_models
from recruit_site.content.slugs import renames


class Related(NamedTuple):
    """A RelatedLink and the published piece that it leads to."""

    link: RelatedLink
    piece: object

    @property
    def url(self):
        url = self.piece.get_absolute_url()
        return f"{url.partition('#')[0]}#{self.link.heading}" if self.link.heading else url


def with_related(pieces):
    """Return the pieces as a list; `related` of each is its list of Related, without links to hidden pieces.

    Fetch the pieces with_published("related_links"). It takes one query for each kind of content that the links lead
    to and one for former slugs, whatever the number of pieces.
    """
    pieces = list(pieces)
    links = {link: PieceField.key_of(link.target) for piece in pieces for link in piece.related_links.all()}
    targets = published_pieces(links.values())
    for piece in pieces:
        found = [(link, targets.get(links[link])) for link in piece.related_links.all()]
        piece.related = [Related(link, target) for link, target in found if target]
    return pieces


def published_pieces(keys):
    """Return {key: piece} of those PieceKeys whose piece readers may see."""
    keys = set(keys)
    former = renames() if keys else {}
    current = {key: PieceKey(key.label, former.get(key, key.slug)) for key in keys}
    found = {}
    for label, model in linkable_models().items():
        if slugs := {key.slug for key in current.values() if key.label == label}:
            found |= {PieceKey(label, piece.slug): piece for piece in model.objects.published().filter(slug__in=slugs)}
    return {key: found[now] for key, now in current.items() if now in found}
