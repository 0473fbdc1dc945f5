// Leaves empty fields out of the file. Only `affects` may be empty.
(() => {
  const isMap = (value) => typeof value?.map === "function" && typeof value.has === "function";
  const isEmpty = (value) =>
    value === undefined || value === null || value === "" || (isMap(value) && value.size === 0);
  const tidy = (value) =>
    isMap(value) && !(value instanceof Date)
      ? value.map(tidy).filter((inner, key) => !isEmpty(inner) || (key === "affects" && inner?.size === 0))
      : value;
  window.CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => tidy(entry.get("data")) });
})();
