/** Says that an embedded catalogue is too large for one process. */
export function outgrownMessage({ aids, bytes }: { readonly aids: number; readonly bytes: number }): string {
  return `the embedded catalogue contains ${aids} aids (${(bytes / 1e9).toFixed(1)} GB): move it to PostgreSQL`;
}
