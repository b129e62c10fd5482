/** What a person does about a plan that waits; `--note` where a guard holds it, because why it was let through is kept. */
export function nextStep(planId: string, isHeld: boolean): string {
  const id = planId.slice(0, 8);
  const note = isHeld ? ' --note "…"' : "";
  return `moisson plan apply ${id}${note}   or   moisson plan discard ${id}${note}`;
}
