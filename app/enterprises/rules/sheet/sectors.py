"""Which of the six sectors an enterprise belongs to, by the words for its trade or product."""

from __future__ import annotations

from functools import lru_cache

from app.core.text import search_text

# Longer phrases win over the words inside them ("jasa boga" is no "jasa").
_PHRASES: dict[str, str] = {
    "A": "a; keripik; kripik; kerupuk; krupuk; rempeyek; peyek; kue kering; abon; gula semut; "
    "gula kelapa; gula merah; gula aren; kopi bubuk; sirup; sirop; dodol; emping; camilan; "
    "cemilan; snack; makanan ringan; makanan kemasan; pangan kemasan; frozen food; "
    "makanan beku; sambal kemasan; minuman serbuk; minuman kemasan; jamu serbuk; manisan; "
    "sale pisang; stik; sagon; wajik; kecap; bumbu; tepung; mocaf; tempe; tahu; madu; "
    "telur asin; bakso beku; nugget; selai; rengginang; opak; getuk kemasan; olahan pangan kemasan",
    "B": "b; warung makan; rumah makan; katering; catering; bakso; mie ayam; mi ayam; angkringan; "
    "kafe; cafe; kedai; kedai kopi; gorengan; nasi; warung nasi; sate; soto; jajanan pasar; "
    "es teh; es campur; kantin; pecel; martabak; ayam geprek; ayam goreng; seblak; "
    "pangan siap saji; makanan siap saji; restoran; jasa boga; penyajian makanan; warteg; "
    "bubur; rujak; lotek; pempek; siomay; batagor; jus; minuman segar; warung kopi",
    "C": "c; kerajinan; kerajinan tangan; kriya; handicraft; batik; anyaman; tas; mebel; meubel; "
    "furniture; furnitur; konveksi; bordir; sabun; fashion; fesyen; busana; souvenir; "
    "suvenir; ukiran; gerabah; tenun; produk non pangan; produk non-pangan; pakaian jadi; "
    "sepatu; sandal; rajut; sapu; bata; batu bata; genteng; paving; pande besi; kayu; "
    "industri kerajinan; tekstil; garmen; sangkar burung; kosmetik; sulam; hijab; mukena",
    "D": "d; jasa; jasa lainnya; salon; laundry; laundri; binatu; bengkel; penjahit; jahit; "
    "jasa jahit; menjahit; modiste; tailor; potong rambut; pangkas rambut; barbershop; rias; "
    "tata rias; rias pengantin; fotokopi; fotocopy; servis; service; ojek; travel; rental; "
    "persewaan; sewa; les; bimbingan belajar; pijat; cuci motor; cuci mobil; percetakan; "
    "las; bengkel las; angkutan; transportasi; tambal ban; servis hp; aktivitas jasa lainnya; "
    "jasa perusahaan; pendidikan; kursus",
    "E": "e; perdagangan; dagang; jual beli; toko; toko kelontong; kelontong; warung kelontong; "
    "sembako; warung sembako; toko sembako; pulsa; konter; konter pulsa; grosir; eceran; retail; "
    "ritel; toko baju; jual pakaian; toko pakaian; agen; warung sayur; pedagang; toko bangunan; "
    "perdagangan besar dan eceran; perdagangan eceran; reseller; toko online; olshop; "
    "jual beli hp; gas elpiji; jual sayur; jual sayuran; jual buah; jual ikan",
    "F": "f; pertanian; tani; petani; peternakan; ternak; peternak; perikanan; ikan; lele; "
    "budidaya; budi daya; kambing; domba; sapi; ayam petelur; ayam potong; bebek; itik; sayur; "
    "sayuran; perkebunan; kebun; jamur; jamur tiram; ternak ayam; ternak kambing; ternak sapi; "
    "budidaya ikan; budidaya lele; tani ternak ikan; tani ternak; padi; hidroponik; tambak; "
    "pertanian kehutanan dan perikanan; pertanian perkebunan; perikanan peternakan; nelayan; "
    "agribisnis; burung puyuh; kelinci; tanaman hias",
    "AB": "kuliner; makanan; minuman; makanan minuman; makanan dan minuman; pangan; boga; roti; "
    "kue; kue basah; jamu; olahan; olahan makanan; olahan pangan; produksi makanan; es; "
    "makanan dan minuman lainnya; usaha makanan; industri makanan; sambal; minuman herbal; "
    "aneka kue; aneka makanan; lumpia",
    "AC": "industri; industri pengolahan; industri rumah tangga; home industri; home industry; "
    "pengolahan; produksi; industri kecil",
    "BE": "warung; kios; lapak; jualan",
    "BD": "penyediaan akomodasi dan makan minum",
    "AF": "kelapa; singkong; kopi; teh",
    "CD": "sablon; sablon kaos; kayu ukir; desain",
}
_SETS: dict[str, frozenset[str]] = {
    search_text(phrase): frozenset(codes)
    for codes, phrases in _PHRASES.items()
    for phrase in phrases.split(";")
}
_LONGEST = max(len(phrase.split()) for phrase in _SETS)
_ALL = frozenset("ABCDEF")


@lru_cache(maxsize=20_000)
def possible_sectors(text: str) -> frozenset[str]:
    """The sectors that a text may mean; all of them when no word of it is known.

    >>> sorted(possible_sectors("Kuliner")), sorted(possible_sectors("Keripik tempe Bu Sri"))
    (['A', 'B'], ['A'])
    """
    words = search_text(text).split()
    whole = _SETS.get(" ".join(words))
    if whole:
        return whole
    found: list[frozenset[str]] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + length])
            # A single letter is a code only when it stands alone.
            if len(phrase) > 1 and phrase in _SETS:
                found.append(_SETS[phrase])
                place += length - 1
                break
        place += 1
    return _meant(found)


def _meant(found: list[frozenset[str]]) -> frozenset[str]:
    if not found:
        return _ALL
    shared = frozenset.intersection(*found)
    # "Toko keripik" trades or makes: words that exclude each other leave both open.
    return shared or frozenset.union(*found)


@lru_cache(maxsize=20_000)
def sector_of(*texts: str | None) -> str | None:
    """The one sector that the texts agree on, the most telling first; None when it is unclear.

    >>> sector_of("Kuliner", "keripik pisang"), sector_of("Kuliner"), sector_of("Jasa", None)
    ('A', None, 'D')
    """
    left = _ALL
    for text in texts:
        if not text:
            continue
        narrowed = left & possible_sectors(text)
        if not narrowed:
            return None
        left = narrowed
    return next(iter(left)) if len(left) == 1 else None
