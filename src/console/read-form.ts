import type { Form, UnreadForm } from "./route.ts";

/** More was sent than this form takes. */
export class BodyTooLarge extends Error {
  constructor(readonly most: number) {
    super(`more than ${most} bytes`);
    this.name = "TooMuch";
  }
}

/** A form did not come to its last byte: its sender was too slow, or went away. */
export class BodyIncomplete extends Error {
  constructor() {
    super("the form did not come to its end");
    this.name = "NotWhole";
  }
}

/** Line ends as one sign, and no zero byte, which no database takes. */
function tidy(value: string): string {
  return value.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
}

/** Reads a form. @throws TooMuch, before more than it may have is held in memory */
export async function readForm({ headers, body, maxBytes: most }: UnreadForm): Promise<Form> {
  if (Number(headers.get("content-length") ?? 0) > most) throw new BodyTooLarge(most);
  const limited = body === null ? null : body.pipeThrough(atMost(most));
  const sent = await new Response(limited, { headers: { "content-type": headers.get("content-type") ?? "" } })
    .formData()
    .catch((error: unknown) => {
      if (error instanceof BodyTooLarge || (error instanceof Error && error.cause instanceof BodyTooLarge)) throw new BodyTooLarge(most);
      return new FormData();
    });
  const texts = (name: string) => sent.getAll(name).flatMap((value) => (typeof value === "string" ? tidy(value) : []));
  return {
    text: (name) => texts(name).at(-1) ?? "",
    all: texts,
    file(name) {
      const value = sent.get(name);
      return value instanceof File && value.size > 0 ? value : null;
    },
    has: (name) => sent.has(name),
    names: () => [...new Set(sent.keys())],
  };
}

function atMost(most: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > most) controller.error(new BodyTooLarge(most));
      else controller.enqueue(chunk);
    },
  });
}
