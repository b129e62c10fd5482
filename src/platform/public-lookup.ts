import { isIP, type LookupFunction } from "node:net";
import { HttpFailure } from "./http-failure.ts";
import { isPublicAddress } from "./private-address.ts";

/**
 * Returns a resolver for public addresses only. The caller connects to the checked addresses without resolving again, which defeats DNS
 * rebinding. A name with one private address among several is refused.
 */
export function publicLookup(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, []);
      const addresses = typeof found === "string" ? [{ address: found, family: family ?? isIP(found) }] : found;
      const [first] = addresses;
      if (first === undefined) return callback(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), []);
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new HttpFailure("address-refused", { host: hostname }), []);
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
