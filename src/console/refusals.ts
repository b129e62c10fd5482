/** The requested object does not exist: answered with 404. The message is a French sentence. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/**
 * Thrown when an act or a page is not possible. The message says in French why, and what to do. Status 409: somebody else made a change
 * meanwhile.
 */
export class CannotDo extends Error {
  override readonly name = "CannotDo";

  constructor(
    message: string,
    readonly status: 409 | 422 | 503 = 422,
  ) {
    super(message);
  }
}
