(() => {
  const { CMS, createClass, h } = window;
  const isMap = (value) => typeof value?.map === "function" && typeof value.has === "function";
  const isKeyed = (value) => isMap(value) && typeof value.keySeq === "function" && typeof value.push !== "function";

  // Leaves empty fields out of the file. Only `affects` may be empty.
  const isEmpty = (value) =>
    value === undefined || value === null || value === "" || (isMap(value) && value.size === 0);
  const tidy = (value) =>
    isMap(value) && !(value instanceof Date)
      ? value.map(tidy).filter((inner, key) => !isEmpty(inner) || (key === "affects" && inner?.size === 0))
      : value;
  CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => tidy(entry.get("data")) });

  // The time in the zone of the site, as people write it in entries: 2026-11-20 10:15.
  const clock = (zone, minutes) => {
    try {
      const parts = new Intl.DateTimeFormat("en-GB", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
      }).formatToParts(Date.now() + minutes * 60_000);
      const part = (type) => parts.find((one) => one.type === type).value;
      return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
    } catch {
      return ""; // The browser does not know this zone.
    }
  };

  // A field of Decap whose value in a new entry is `begin`, with the time for `{now}`. `steps` are buttons below
  // the field that write a time.
  const begun = (name) => {
    const { control } = CMS.getWidget(name);
    return createClass({
      componentDidMount() {
        const { field, value, entry, onChange } = this.props;
        const begin = field.get("begin");
        const now = clock(field.get("zone"), 0);
        if (begin && now && value === undefined && entry?.get("newRecord")) onChange(begin.replace("{now}", now));
      },
      render() {
        const { field, onChange } = this.props;
        const steps = field.get("steps")?.toJS() ?? [];
        const press = ({ minutes }) => () => {
          const time = clock(field.get("zone"), minutes);
          if (time) onChange(time);
        };
        const button = (step) =>
          h("button", { key: step.minutes, type: "button", className: "choice", onClick: press(step) }, step.label);
        return h(
          "div",
          {},
          h(control, this.props),
          steps.length > 0 && h("div", { className: "choices steps" }, steps.map(button)),
        );
      },
    });
  };
  CMS.registerWidget("begun-string", begun("string"), CMS.getWidget("string").preview);
  CMS.registerWidget("begun-text", begun("text"), CMS.getWidget("markdown").preview);

  // Buttons instead of a list that opens: one tap for each choice. A value that is none of the choices stays.
  const Choice = createClass({
    render() {
      const { field, value, onChange, forID, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
      const many = field.get("multiple", false);
      const list = many && isMap(value) && !isKeyed(value) ? value : undefined;
      const is = (word) => (many ? Boolean(list?.includes(word)) : value === word);
      const press = (word) => () => {
        if (!many) return onChange(is(word) && !field.get("required", true) ? "" : word);
        const all = list ?? field.get("options").clear();
        return onChange(is(word) ? all.filter((one) => one !== word) : all.push(word));
      };
      const button = (option) => {
        const word = option.get("value");
        const state = { type: "button", className: "choice", "aria-pressed": is(word), onClick: press(word) };
        return h("button", { key: word, ...state }, option.get("label"));
      };
      const group = { id: forID, role: "group", "aria-label": field.get("label") };
      const focus = { onFocus: setActiveStyle, onBlur: setInactiveStyle };
      const buttons = field.get("options").map(button).toArray();
      return h("div", { ...group, ...focus, className: `${classNameWrapper} choices` }, buttons);
    },
  });
  CMS.registerWidget("choice", Choice);

  // The preview shows what readers will see, with the stylesheet of the site.
  const label = (field, word) => {
    const option = field.get("options")?.find((one) => one.get("value") === word);
    return option ? option.get("label") : word;
  };
  const text = (field, value) => {
    if (isEmpty(value)) return "";
    if (!isMap(value)) return `${label(field, value)}`;
    const words = isKeyed(value) ? value.keySeq().toArray() : value.toArray();
    return words.map((word) => label(field, word)).join(", ");
  };
  const CHIPS = ["severity", "kind", "level", "category"];
  const FACTS = ["affects", "components", "started", "detected", "start", "end", "scope", "expected_recovery", "next_update"];
  const facts = (fields, data) =>
    fields.toArray().flatMap((field) => {
      const name = field.get("name");
      const value = data?.get?.(name);
      const inner = field.get("fields");
      if (inner && (name === "window" || name === "fields")) {
        return isKeyed(value) ? facts(name === "fields" ? inner.map((one) => one.set("shown", true)) : inner, value) : [];
      }
      const words = FACTS.includes(name) || field.get("shown") ? text(field, value) : "";
      return words ? [h("dt", { key: `${name}-name` }, field.get("label")), h("dd", { key: name }, words)] : [];
    });
  const Preview = createClass({
    render() {
      const { entry, fields, widgetFor } = this.props;
      const data = entry.get("data");
      const chips = fields.toArray().filter((field) => CHIPS.includes(field.get("name")) && text(field, data.get(field.get("name"))));
      const chip = (field) => h("span", { key: field.get("name"), className: "chip" }, text(field, data.get(field.get("name"))));
      const known = facts(fields, data);
      return h(
        "div",
        { className: "wrap" },
        h("main", {}, [
          h("h1", { key: "title", className: "title" }, data.get("title")),
          chips.length > 0 && h("p", { key: "chips", className: "kind" }, chips.map(chip)),
          known.length > 0 && h("dl", { key: "facts", className: "facts card" }, known),
          h("div", { key: "body", className: "prose" }, widgetFor("body")),
        ]),
      );
    },
  });
  for (const name of ["incidents", "maintenance", "notices", "faq", "pages"]) CMS.registerPreviewTemplate(name, Preview);
  fetch("../")
    .then(async (answer) => {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const sheet of page.querySelectorAll('link[rel="stylesheet"]')) {
        CMS.registerPreviewStyle(new URL(sheet.getAttribute("href"), answer.url).href);
      }
    })
    .catch(() => {}); // Without its stylesheet, the preview is plain.

  // A phone has room for the form or for the preview, and begins with the form.
  const narrow = matchMedia("(max-width: 799px)");
  const begin = () => narrow.matches && localStorage.setItem("cms.right-pane", "none");
  addEventListener("hashchange", begin);
  begin();
})();
