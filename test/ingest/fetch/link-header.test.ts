import { expect, it } from "vitest";
import { nextInLinkHeader } from "../../../src/ingest/fetch/page-addresses.ts";

it.each([
  ['<https://a.fr/?page=2>; rel="next"', "https://a.fr/?page=2"],
  ["<?page=2>;rel=next", "?page=2"],
  ['</1>; rel="prev", </3>; rel="next", </9>; rel="last"', "/3"],
  ['</3>; REL="Last NEXT"', "/3"],
  ['</3> ; title="a, b; rel=\\"prev\\"" ; rel = next', "/3"],
  ["</a,b;c>; rel=next", "/a,b;c"],
  ["</3>; crossorigin; rel=next", "/3"],
  // The first rel counts (RFC 8288, 3.3).
  ['</3>; rel="prev"; rel="next"', null],
  // A link of another page.
  ['</3>; rel="next"; anchor="/other"', null],
  ['</3>; rel="nextpage"', null],
  ['</3>; title="next"', null],
  ['</3; rel="next"', null],
  ['</3>; rel="next', null],
  ["", null],
  ["</1>, </2>; rel=next", "/2"],
])("%s leads to %s", (header, address) => {
  expect(nextInLinkHeader(header)).toBe(address);
});

it("a header that is built to be slow is read quickly", () => {
  const began = performance.now();
  for (const piece of ["<", "<a", ";", " ", '"', "<>;", "\\", '<a>;b="']) expect(nextInLinkHeader(piece.repeat(16_000))).toBeNull();
  expect(performance.now() - began).toBeLessThan(1000);
});
