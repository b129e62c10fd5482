import { Parser } from "htmlparser2";

/**
 * Returns what a browser would send for the form with this action: hidden fields, values of controls, ticked boxes, also
 * those elsewhere on the page that name the form. Throws if the page has
 * no such form.
 */
export function formOnPage(html: string, action: string): Record<string, string | string[]> {
  const fields = new Map<string, string[]>();
  let isInside = false;
  let isThere = false;
  let text: { name: string; value: string } | null = null;
  let select: { name: string; value: string | null; first: string | null } | null = null;
  const add = (name: string, value: string) => fields.set(name, [...(fields.get(name) ?? []), value]);
  const formId = idOfForm(html, action);
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === "form") isInside = attributes.action === action;
      isThere ||= isInside;
      const { name, type, value = "", form } = attributes;
      if (form === undefined ? !isInside : form !== formId) return;
      if (tag === "option" && select !== null) {
        select.first ??= value;
        if ("selected" in attributes) select.value = value;
      }
      if (name === undefined) return;
      if (tag === "input" && ((type !== "checkbox" && type !== "radio") || "checked" in attributes)) add(name, value);
      if (tag === "textarea") text = { name, value: "" };
      if (tag === "select") select = { name, value: null, first: null };
    },
    ontext(data) {
      if (text !== null) text.value += data;
    },
    onclosetag(tag) {
      if (tag === "textarea" && text !== null) {
        add(text.name, text.value);
        text = null;
      }
      if (tag === "select" && select !== null) {
        add(select.name, select.value ?? select.first ?? "");
        select = null;
      }
      if (tag === "form") isInside = false;
    },
  });
  parser.end(html);
  if (!isThere) throw new Error(`the page has no form that leads to ${action}`);
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]));
}

/** Returns the id of the form with this action, or null. */
function idOfForm(html: string, action: string): string | null {
  let id: string | null = null;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === "form" && attributes.action === action) id = attributes.id ?? null;
    },
  });
  parser.end(html);
  return id;
}
