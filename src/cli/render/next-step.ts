/** Returns the commands that decide an open plan; with `--note` for a held plan, because the reason is stored. */
export function nextStep(planId: string, isHeld: boolean): string {
  const id = planId.slice(0, 8);
  const note = isHeld ? ' --note "…"' : "";
  return `moisson plan apply ${id}${note}   or   moisson plan discard ${id}${note}`;
}
