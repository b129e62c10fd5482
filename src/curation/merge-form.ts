/** The result of merging a form. */
interface MergedForm<Name extends string> {
  /** The typed value of each field, or the saved one if the person did not touch the field. */
  readonly written: Readonly<Record<Name, string>>;
  /** Fields that both people changed, to different values. */
  readonly conflicts: readonly Name[];
}

/** Merges a form with values that somebody else saved meanwhile. `shown`: the values when the form was opened; null if unknown. */
export function mergeForm<Name extends string>(
  shown: Readonly<Record<Name, string>> | null,
  saved: Readonly<Record<Name, string>>,
  typed: Readonly<Record<Name, string>>,
): MergedForm<Name> {
  const names = Object.keys(typed) as Name[];
  const isTouched = (name: Name) => shown === null || typed[name] !== shown[name];
  const isChanged = (name: Name) => typed[name] !== saved[name] && (shown === null || saved[name] !== shown[name]);
  const written = Object.fromEntries(names.map((name) => [name, (isTouched(name) ? typed : saved)[name]]));
  return { written: written as Record<Name, string>, conflicts: names.filter((name) => isTouched(name) && isChanged(name)) };
}
