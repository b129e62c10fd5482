import type { Child } from "hono/jsx";
import { List } from "./list.tsx";

/** An alert. `text`: its only paragraph, instead of children. `isAnnounced`: it is about the last act, so it gets the focus and screen readers announce it. */
export function Alert(given: {
  readonly kind: "info" | "success" | "warning" | "error";
  readonly title?: string;
  readonly text?: Child;
  readonly children?: Child;
  readonly isAnnounced?: boolean;
  /** Heading level. Default: 3. */
  readonly level?: 2 | 3 | 4;
}): Child {
  const Title = `h${given.level ?? 3}` as "h3";
  return (
    <div
      class={`fr-alert fr-alert--${given.kind}${given.title === undefined ? " fr-alert--sm" : ""} fr-mb-3w`}
      {...(given.isAnnounced && { role: "alert", tabindex: -1, autofocus: true })}
    >
      {given.title !== undefined && <Title class="fr-alert__title">{given.title}</Title>}
      {given.text !== undefined && <p>{given.text}</p>}
      {given.children}
    </div>
  );
}

/** The problems of a form, with links to their fields. `idOf`: id of a field by its name, if a page has several such forms. */
export function Problems(given: {
  readonly problems: Readonly<Record<string, string>>;
  readonly idOf?: (name: string) => string;
  /** Heading level. Default: 2. */
  readonly level?: 2 | 3 | 4;
}): Child {
  const { problems, idOf = (name) => `champ-${name.replace(/[^\w-]/g, "-")}`, level = 2 } = given;
  const found = Object.entries(problems);
  if (found.length === 0) return null;
  return (
    <Alert
      kind="error"
      title={found.length === 1 ? "Une information est à corriger" : `${found.length} informations sont à corriger`}
      isAnnounced
      level={level}
    >
      <List items={found.map(([name, problem]) => <a href={`#${idOf(name)}`}>{problem}</a>)} />
    </Alert>
  );
}
