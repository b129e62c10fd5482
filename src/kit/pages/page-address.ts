import type { Details } from "../detail-pages.ts";
import { evaluateExpression } from "../expressions/evaluate-expression.ts";
import { toExpression } from "../expressions/expression.ts";
import { linkedAddress } from "../values/text/linked-address.ts";
import { matchesPath } from "./path-pattern.ts";

type Values = Readonly<Record<string, unknown>>;

/** Returns the address of a record's page, or null; "left-out" if no pattern of `only` matches. `list`: the list's address, if known. */
export function pageAddressOf(values: Values, { url, only }: Details, list: string | null): URL | null | "left-out" {
  const [written] = [evaluateExpression(toExpression(url), { values })].flat();
  const link = typeof written === "string" || typeof written === "number" ? String(written).trim() : "";
  const address = link === "" ? null : addressFrom(link, list);
  if (only === undefined) return address;
  const path = address === null ? null : address.pathname + address.search;
  return path !== null && only.some((pattern) => matchesPath(pattern, path)) ? address : "left-out";
}

function addressFrom(link: string, list: string | null): URL | null {
  if (list === null && !URL.canParse(link)) return null;
  const address = linkedAddress(link, new URL(list ?? link));
  return address !== null && /^https?:$/.test(address.protocol) ? address : null;
}
