//! The elements and attributes that slots can contain. Everything else is refused.
//!
//! None of them runs a script by itself, and only addresses, which `slots` checks, load anything. To allow
//! another one, add its name to a list. Names are in lower case and sorted.

const ELEMENTS: &str = "\
    a abbr address area article aside b bdi bdo big blockquote br button caption center cite code col \
    colgroup data dd del details dfn dialog div dl dt em fieldset figcaption figure font footer h2 h3 h4 h5 \
    h6 header hgroup hr i img input ins kbd label legend li link map mark menu meta meter nav noscript ol \
    optgroup option output p picture pre progress q rp rt ruby s samp script search section select small \
    source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr";

/// SVG elements. Left out are those that change the attributes of others (`animate`, `set`), that load something
/// (`feImage`), and that contain HTML (`foreignObject`).
const SVG_ELEMENTS: &str = "\
    a circle clippath defs desc ellipse feblend fecolormatrix fecomponenttransfer fecomposite \
    feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb \
    fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset fepointlight fespecularlighting \
    fespotlight fetile feturbulence filter g image line lineargradient marker mask path pattern polygon \
    polyline radialgradient rect stop svg switch symbol text textpath title tspan use";

/// Attributes of all elements.
const GLOBAL: &str = "\
    about accesskey align autocapitalize autofocus class content contenteditable datatype dir draggable \
    enterkeyhint exportparts hidden id inert inputmode itemid itemprop itemref itemscope itemtype lang part \
    popover prefix property resource role slot spellcheck tabindex title translate typeof vocab \
    writingsuggestions";

/// Attributes of SVG elements. Browsers read many of them as CSS.
const SVG_ATTRIBUTES: &str = "\
    alignment-baseline amplitude azimuth basefrequency baseline-shift baseprofile bias clip clip-path \
    clip-rule clippathunits color color-interpolation color-interpolation-filters crossorigin cursor cx cy d \
    decoding diffuseconstant direction display divisor dominant-baseline dx dy edgemode elevation \
    enable-background exponent fetchpriority fill fill-opacity fill-rule filter filterres filterunits \
    flood-color flood-opacity focusable font-family font-size font-size-adjust font-stretch font-style \
    font-variant font-weight fr fx fy glyph-orientation-vertical gradienttransform gradientunits height \
    hreflang image-rendering in in2 intercept k1 k2 k3 k4 kernelmatrix kernelunitlength kerning lengthadjust \
    letter-spacing lighting-color limitingconeangle marker-end marker-mid marker-start markerheight \
    markerunits markerwidth mask mask-type maskcontentunits maskunits method mode numoctaves offset opacity \
    operator order orient overflow paint-order pathlength patterncontentunits patterntransform patternunits \
    pointer-events points pointsatx pointsaty pointsatz preservealpha preserveaspectratio primitiveunits r \
    radius refx refy rel result rotate rx ry scale seed shape-rendering side spacing specularconstant \
    specularexponent spreadmethod startoffset stddeviation stitchtiles stop-color stop-opacity stroke \
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity \
    stroke-width surfacescale systemlanguage tablevalues target targetx targety text-anchor text-decoration \
    text-rendering textlength transform transform-origin type unicode-bidi values vector-effect version \
    viewbox visibility width word-spacing writing-mode x x1 x2 xchannelselector xlink:title xml:lang \
    xml:space xmlns xmlns:xlink y y1 y2 ychannelselector z zoomandpan";

/// Attributes of single HTML elements.
const OWN: &[(&str, &str)] = &[
    ("a", "download href hreflang name referrerpolicy rel target type"),
    ("area", "alt coords download href referrerpolicy rel shape target"),
    ("blockquote", "cite"),
    ("br", "clear"),
    ("button", "command commandfor disabled name popovertarget popovertargetaction type value"),
    ("col", "span"),
    ("colgroup", "span"),
    ("data", "value"),
    ("del", "cite datetime"),
    ("details", "name open"),
    ("dialog", "closedby open"),
    ("fieldset", "disabled name"),
    ("font", "color face size"),
    ("hr", "size width"),
    (
        "img",
        "alt crossorigin decoding fetchpriority height ismap loading referrerpolicy sizes src srcset usemap width",
    ),
    (
        "input",
        "autocomplete checked disabled list max maxlength min minlength multiple name pattern placeholder readonly required size step type value",
    ),
    ("ins", "cite datetime"),
    ("label", "for"),
    ("li", "value"),
    (
        "link",
        "as color crossorigin disabled fetchpriority href hreflang imagesizes imagesrcset integrity media referrerpolicy rel sizes type",
    ),
    ("map", "name"),
    ("meta", "media name"),
    ("meter", "high low max min optimum value"),
    ("ol", "reversed start type"),
    ("optgroup", "disabled label"),
    ("option", "disabled label selected value"),
    ("output", "for name"),
    ("pre", "width"),
    ("progress", "max value"),
    ("q", "cite"),
    ("script", "async crossorigin defer fetchpriority integrity nomodule referrerpolicy src type"),
    ("select", "autocomplete disabled multiple name required size"),
    ("source", "height media sizes srcset type width"),
    ("table", "bgcolor border cellpadding cellspacing width"),
    ("td", "bgcolor colspan headers height nowrap rowspan valign width"),
    ("th", "abbr bgcolor colspan headers height nowrap rowspan scope valign width"),
    ("time", "datetime"),
    ("tr", "bgcolor valign"),
    ("ul", "type"),
];

pub(super) fn element(name: &str, is_svg: bool) -> bool {
    // An element with a dash in its name has an effect only through a script of the theme.
    has(if is_svg { SVG_ELEMENTS } else { ELEMENTS }, name) || !is_svg && name.contains('-')
}

pub(super) fn attribute(element: &str, is_svg: bool, name: &str) -> bool {
    let own = || OWN.iter().find(|(known, _)| *known == element).map_or("", |(_, names)| names);
    let is_address = matches!(name, "href" | "xlink:href");
    let is_free = ["data-", "aria-"].iter().any(|start| name.len() > start.len() && name.starts_with(start));
    is_free
        || has(GLOBAL, name)
        || if is_svg { is_address || has(SVG_ATTRIBUTES, name) } else { has(own(), name) }
}

/// Whether browsers can read an SVG attribute as CSS.
pub(super) fn is_css(name: &str) -> bool {
    has(SVG_ATTRIBUTES, name)
}

/// Whether a list of words, which blanks separate, has this one.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_or_sends_is_in_the_lists() {
        for name in
            ["iframe", "object", "embed", "base", "style", "template", "form", "math", "frame", "portal"]
        {
            assert!(!element(name, false), "<{name}>");
        }
        for name in
            ["script", "style", "animate", "set", "animatetransform", "foreignobject", "feimage", "handler"]
        {
            assert!(!element(name, true), "<{name}>");
        }
        for name in
            ["onclick", "onfocus", "style", "srcdoc", "ping", "action", "formaction", "background", "poster"]
        {
            let elements = ["a", "button", "input", "img", "table", "svg", "x-y"];
            assert!(
                elements.iter().all(|e| !attribute(e, false, name) && !attribute(e, true, name)),
                "{name}"
            );
        }
        assert!(!attribute("input", false, "src") && !attribute("meta", false, "http-equiv"));
    }

    #[test]
    fn every_list_is_in_order_and_names_nothing_twice() {
        let own = OWN.iter().map(|(_, names)| *names);
        for list in [ELEMENTS, SVG_ELEMENTS, GLOBAL, SVG_ATTRIBUTES].into_iter().chain(own) {
            let words: Vec<&str> = list.split(' ').collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{words:?}");
        }
        assert!(OWN.is_sorted_by(|a, b| a.0 < b.0));
    }
}
