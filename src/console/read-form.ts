import type { Form } from "./route.ts";

/** More was sent than this form takes. */
export class TooMuch extends Error {
  constructor(readonly most: number) {
    super(`more than ${most} bytes`);
    this.name = "TooMuch";
  }
}

/** Line ends as one sign, and no zero byte, which no database takes. */
function tidy(value: string): string {
  return value.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
}

/** Reads a form of at most `most` bytes. @throws TooMuch, before more than that is held in memory */
export async function readForm(request: Request, most: number): Promise<Form> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw new TooMuch(most);
  const limited = request.body === null ? null : request.body.pipeThrough(atMost(most));
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const sent = await new Response(limited, { headers }).formData().catch((error: unknown) => {
    if (error instanceof TooMuch || (error instanceof Error && error.cause instanceof TooMuch)) throw new TooMuch(most);
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
      if (seen > most) controller.error(new TooMuch(most));
      else controller.enqueue(chunk);
    },
  });
}
