import { describe, expect, it } from "vitest";
import { linkedAddress } from "../../src/kit/values/text/linked-address.ts";

describe("the next address on a page", () => {
  const from = new URL("https://region.fr/api/aides/?page=1");

  it.each([
    ["?page=2", "https://region.fr/api/aides/?page=2"],
    ["/api/aides/?page=2", "https://region.fr/api/aides/?page=2"],
    ["https://cdn.fr/2", "https://cdn.fr/2"],
    // A server behind a proxy (Django REST) writes its internal scheme. Secrets must neither be sent over http nor be dropped.
    ["http://region.fr/api/aides/?page=2", "https://region.fr/api/aides/?page=2"],
    ["http://other.fr/2", "http://other.fr/2"],
    ["http://region.fr:8080/2", "http://region.fr:8080/2"],
    ["https://jean:secret@region.fr/2#top", "https://region.fr/2"],
  ])("%s is %s", (link, address) => {
    expect(linkedAddress(link, from)?.href).toBe(address);
  });

  it("is null if invalid", () => {
    expect(linkedAddress("http://[", from)).toBeNull();
  });
});
