/** Files with real feeds, by connector. Other connectors have no real feed. */
export const realFeeds: Readonly<Record<string, string>> = {
  "ademe-agir": "publishers/ademe_agir_data.json",
  "aggregateur-aap": "aids/aap_export.csv",
  "aides-territoires": "aids/AT_aides_full_2021-11.json",
  "departement-drome": "publishers/departement_drome_data.json",
  "departement-manche": "publishers/departement_manche_data.json",
  "eu-funding-tenders": "eu/eu_ft_portal_grants_2026-08-14.json",
  "horizon-europe-calls": "eu/HE_calls_2023-05-05.xlsx",
  "ile-de-france-open-data": "aids/iledefrance_raw.json",
  "ministere-culture": "publishers/ministere_de_la_culture_data.json",
  "modele-csv": "template/aid_import_template.csv",
  "modele-schema-appel-public": "aids/SchemaAppelPublic-2022-03-14.xlsx",
  "modele-xlsx": "template/aid_import_template.xlsx",
  "region-ile-de-france": "publishers/ile_de_france_data.json",
  "tee-programmes": "aids/tee_programs_large.json",
  "transition-ecologique-entreprises": "aids/tee_data_gouv_export_2025-10.csv",
  welcomeurope: "publishers/welcom_europe_data.json",
};
