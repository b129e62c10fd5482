/** What a form comes to whose page was overtaken. */
export interface MergedForm<Name extends string> {
  /** What is typed, and where nothing was, what is saved. */
  readonly written: Readonly<Record<Name, string>>;
  /** Fields that both changed, and differently. */
  readonly conflicts: readonly Name[];
}

/** Brings together what was shown (null: that is not known), what is saved, and what was typed: what a person did not touch is as it is saved. */
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
