/** Returns the environment variable for a private feed address: `MOISSON_URL_REGION_EXEMPLE`. */
export function addressVariable(connectorId: string): string {
  return `MOISSON_URL_${connectorId.toUpperCase().replaceAll("-", "_")}`;
}
