/** Answers with 404. `said`: a French sentence. */
export class NotFound extends Error {
  constructor(readonly said: string) {
    super(said);
    this.name = "NotFound";
  }
}

/** Refuses an act or a page. `said`: a French sentence with the reason and what to do. Status 409: something changed meanwhile. */
export class CannotDo extends Error {
  constructor(
    readonly said: string,
    readonly status: 409 | 422 | 503 = 422,
  ) {
    super(said);
    this.name = "CannotDo";
  }
}
