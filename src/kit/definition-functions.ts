/** Returns true if a definition contains functions (`computed`), which cannot be sent to a thread or a process. */
export function hasFunctions(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasFunctions);
}

/** Replaces the functions of a definition, by default by null, so that it is plain data. */
export function withoutFunctions<T>(value: T, replaced: (found: unknown) => unknown = () => null): T {
  if (typeof value === "function") return replaced(value) as T;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((member) => withoutFunctions(member, replaced)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutFunctions(member, replaced)])) as T;
}

/** Puts back the functions that `withoutFunctions` removed. Throws if the file's definition (`exported`) no longer has one. */
export function withFunctions<T>(value: T, exported: unknown): T {
  if (value === null || typeof value !== "object") return value;
  const own = (exported ?? {}) as Readonly<Record<string, unknown>>;
  if (Array.isArray(value)) return value.map((member, index) => withFunctions(member, own[index])) as T;
  if ("kind" in value && value.kind === "computed") {
    if (typeof own.compute === "function") return { ...value, compute: own.compute };
    throw new Error("the connector's file has changed during the run");
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withFunctions(member, own[key])])) as T;
}
