/** Answers with 404. The message is a French sentence. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/** Refuses an act or a page. The message is a French sentence with the reason and what to do. Status 409: something changed meanwhile. */
export class CannotDo extends Error {
  override readonly name = "CannotDo";

  constructor(
    message: string,
    readonly status: 409 | 422 | 503 = 422,
  ) {
    super(message);
  }
}
