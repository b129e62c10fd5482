import { randomBytes, scryptSync } from "node:crypto";

/** Returns a hash like `hashPassword`, with the lowest cost. `isPassword` takes the cost from the hash, so it checks this one at once. */
export function quickHash(password: string): string {
  const [salt, cost] = [randomBytes(16), { N: 2, r: 1, p: 1 }];
  const key = scryptSync(password, salt, 32, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}
