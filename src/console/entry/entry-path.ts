import type { StoredPublisher } from "../../catalogue/publishers/publisher-repository.ts";

/** Returns the address of the form for one aid of a publisher. `id`: identifier of the row to correct; null for a new aid. */
export function entryPath({ publisherId }: Pick<StoredPublisher, "publisherId">, id: string | null = null): string {
  const path = `/producteurs/${publisherId}/saisir`;
  return id === null ? path : `${path}?${new URLSearchParams({ aide: id })}`;
}
