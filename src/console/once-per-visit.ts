import type { Visit } from "./visit.ts";

/** Returns a function that reads something once per request, however often its page asks for it. */
export function oncePerVisit<Read>(read: (visit: Visit) => Promise<Read>): (visit: Visit) => Promise<Read> {
  const found = new WeakMap<Visit, Promise<Read>>();
  return (visit) => {
    const reading = found.get(visit) ?? read(visit);
    found.set(visit, reading);
    return reading;
  };
}
