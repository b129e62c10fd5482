import type { ListedPerson, PeopleFilter } from "../../../catalogue/accounts/people-repository.ts";
import { counted } from "../../../french/typography.ts";
import { roles } from "../../../model/publisher/role.ts";
import { roleLabels } from "../../layout/refused-page.tsx";
import type { Filter } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { Badge } from "../../parts/badge.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { roleOf, roleOfPerson, signInWays } from "./account-words.ts";

/** The list of accounts. */
export const accountList = listRoutes<ListedPerson>({
  path: "/comptes",
  who: "admin",
  title: "Comptes",
  fileName: "comptes",
  caption: (count) => counted(count, "compte"),
  empty: () => "Aucun compte ne répond à ce filtre.",
  filters: [
    { name: "q", label: "Nom ou adresse", kind: "text" },
    {
      name: "role",
      label: "Rôle",
      kind: "choice",
      choices: () => [{ value: "none", label: "aucun rôle" }, ...roles.map((value) => ({ value, label: roleLabels[value] }))],
    },
    {
      name: "etat",
      label: "État",
      kind: "choice",
      choices: () => [
        { value: "ouvert", label: "ouvert" },
        { value: "ferme", label: "fermé" },
      ],
    },
  ],
  columns: [
    { title: "Nom", text: ({ name }) => name, cell: ({ name, personId }) => <a href={`/comptes/${personId}`}>{name}</a> },
    { title: "Adresse électronique", text: ({ email }) => email },
    {
      title: "Rôle",
      text: ({ role }) => (role === null ? "aucun rôle" : roleLabels[role]),
      cell: (person, { now }) => roleOfPerson(person, now),
    },
    { title: "Jusqu’au", text: ({ roleUntil }) => roleUntil, isExportOnly: true },
    {
      title: "Vu la dernière fois",
      text: ({ lastSeenAt }) => lastSeenAt?.toISOString() ?? null,
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? "jamais" : formatShortDateTime(lastSeenAt)),
    },
    {
      title: "Se connecte par",
      text: (person) => signInWays(person, null),
      cell: signInWays,
    },
    {
      title: "État",
      text: ({ closedAt }) => (closedAt === null ? "ouvert" : "fermé"),
      cell: ({ closedAt }) => <Badge tone={closedAt === null ? "success" : "neutral"} label={closedAt === null ? "ouvert" : "fermé"} />,
    },
  ],
  rows: ({ catalogue }, filter, place) => catalogue.people.list(filterOf(filter), place),
  count: ({ catalogue }, filter) => catalogue.people.count(filterOf(filter)),
  above: () => (
    <div class="moisson-acts fr-mb-3w">
      <a class="fr-btn" href="/comptes/nouveau">
        Inviter quelqu’un
      </a>
      <a class="fr-btn fr-btn--secondary" href="/journal">
        Journal : qui a fait quoi
      </a>
      <a class="fr-btn fr-btn--secondary" href="/comptes/cles-api">
        Clés de l’API
      </a>
    </div>
  ),
});

function filterOf({ q, role, etat }: Filter): PeopleFilter {
  const wanted = role === "none" ? "none" : roleOf(role ?? "");
  return {
    ...(q !== undefined && { words: q }),
    ...(wanted !== null && { role: wanted }),
    ...(etat !== undefined && { isClosed: etat === "ferme" }),
  };
}
