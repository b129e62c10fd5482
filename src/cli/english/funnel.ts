import type { FunnelAct } from "../../model/aid/funnel.ts";

/** Returns an act as a sentence for the command line, with the command that does it or shows its aids. */
export function funnelActInWords(act: FunnelAct): { readonly text: string; readonly command: string } {
  const { connector, frees } = act;
  const aids = `${frees} ${frees === 1 ? "aid" : "aids"}`;
  if (act.kind === "confirm-basis")
    return { text: `${connector}: ${aids} published without a confirmed basis`, command: `moisson reuse confirm ${connector}` };
  if (act.kind === "ask-licence")
    return { text: `${connector}: ${aids} published without licence or basis: ask the publisher`, command: "moisson reuse" };
  if (act.kind === "publish")
    return { text: `${connector}: ${aids} lack nothing and wait for a person`, command: `moisson aid publish --connector ${connector}` };
  const fields = act.fields.join(", ");
  const first = act.fields[0] ?? "";
  return {
    text: `${connector}: ${act.lack} aids lack ${first}; filling ${fields} completes ${frees}`,
    command: `moisson suggestions --connector ${connector} --field ${first}`,
  };
}
