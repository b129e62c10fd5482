import type { PortalDataset } from "../../model/run/portal-dataset.ts";

/** What a portal says of a dataset, in one line; its texts as they are. */
export function datasetInWords({ title, organisation, licence, frequency, file, fileChangedAt }: PortalDataset): string {
  const said = [
    title ?? "without title",
    organisation !== null && `of ${organisation}`,
    `licence ${licence ?? "not said"}`,
    frequency !== null && `changes ${frequency}`,
    file !== null && `file ${JSON.stringify(file)}`,
    fileChangedAt !== null && `of ${fileChangedAt}`,
  ];
  return said.filter((part) => part !== false).join(", ");
}
