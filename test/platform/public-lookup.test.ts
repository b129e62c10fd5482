import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { publicLookup } from "../../src/platform/address-guard.ts";

/** Returns a lookup whose answers change from call to call, as a name's owner could change them. */
function changingResolver(...answers: readonly (readonly string[])[]): LookupFunction {
  const left = [...answers];
  return (_hostname, _options, callback) => {
    callback(
      null,
      (left.shift() ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
}

/** Returns the addresses that net would connect to, or the error code. */
function resolved(lookup: LookupFunction, all = true): Promise<unknown> {
  return new Promise((done) => {
    lookup("flux.region.fr", { all }, (error, found) => done(error === null ? found : error.message));
  });
}

describe("a resolver that returns public addresses only", () => {
  it("returns exactly the addresses that it checked, even if the name resolves to others later (DNS rebinding)", async () => {
    const lookup = publicLookup(changingResolver(["93.184.216.34"], ["127.0.0.1"]));
    expect(await resolved(lookup)).toEqual([{ address: "93.184.216.34", family: 4 }]);
    expect(await resolved(lookup)).toBe('address-refused {"host":"flux.region.fr"}');
  });

  it("checks all addresses even if only one is requested", async () => {
    const lookup = publicLookup(changingResolver(["93.184.216.34", "2a01:e0a::1"], ["93.184.216.34", "10.0.0.1"]));
    expect(await resolved(lookup, false)).toBe("93.184.216.34");
    expect(await resolved(lookup, false)).toContain("address-refused");
  });

  it("reports a name without an address", async () => {
    expect(await resolved(publicLookup(changingResolver([])))).toBe("no address");
  });
});
