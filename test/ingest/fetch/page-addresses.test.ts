import { describe, expect, it } from "vitest";
import { linkedAddress } from "../../../src/ingest/fetch/page-addresses.ts";

describe("the address that a page names as the next one", () => {
  const from = new URL("https://region.fr/api/aides/?page=1");

  it.each([
    ["?page=2", "https://region.fr/api/aides/?page=2"],
    ["/api/aides/?page=2", "https://region.fr/api/aides/?page=2"],
    ["https://cdn.fr/2", "https://cdn.fr/2"],
    // A server behind a proxy (Django REST) writes the scheme that it sees itself: secrets must not go over http, nor be lost.
    ["http://region.fr/api/aides/?page=2", "https://region.fr/api/aides/?page=2"],
    ["http://other.fr/2", "http://other.fr/2"],
    ["http://region.fr:8080/2", "http://region.fr:8080/2"],
    ["https://jean:secret@region.fr/2#top", "https://region.fr/2"],
  ])("%s is %s", (link, address) => {
    expect(linkedAddress(link, from)?.href).toBe(address);
  });

  it("is none where it cannot be read", () => {
    expect(linkedAddress("http://[", from)).toBeNull();
  });
});
