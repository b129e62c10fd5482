/** An invalid parameter. */
export interface WrongParameter {
  readonly name: string;
  readonly detail: string;
}

/** Members of a problem (RFC 9457), and our own. */
export interface ProblemFacts {
  readonly detail?: string;
  /** Kind of problem if the status alone is ambiguous: `urn:moisson:<kind>`. */
  readonly kind?: string;
  readonly errors?: readonly WrongParameter[];
  /** Members of this kind. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const titles: Readonly<Record<number, string>> = {
  301: "Aide réunie à une autre",
  400: "Paramètre incorrect",
  401: "Clé inconnue",
  403: "Accès refusé",
  404: "Adresse inconnue",
  405: "Méthode non autorisée",
  410: "Aide retirée",
  413: "Envoi trop long",
  414: "Adresse trop longue",
  429: "Trop de requêtes",
  431: "En-têtes trop longs",
  500: "Erreur interne",
  503: "Service indisponible",
};

/** An error answered as problem details (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly facts: ProblemFacts = {},
  ) {
    super(`${status} ${facts.detail ?? titles[status] ?? ""}`);
    this.name = "ApiProblem";
  }

  /** Returns the same problem with these headers too. */
  withHeaders(headers: ProblemFacts["headers"]): ApiProblem {
    return new ApiProblem(this.status, { ...this.facts, headers: { ...headers, ...this.facts.headers } });
  }
}

/** Media type of a problem. */
export const problemType = "application/problem+json; charset=utf-8";

/** Writes the JSON of a problem. */
export function problemBody({ status, facts: { detail, kind, errors, more } }: ApiProblem): string {
  const type = kind === undefined ? "about:blank" : `urn:moisson:${kind}`;
  return JSON.stringify({ type, title: titles[status] ?? "Erreur", status, detail, errors, ...more });
}
