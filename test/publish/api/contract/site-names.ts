/** Names of Aides-territoires' API, from the public code of the site (https://github.com/MTES-MCT/aides-territoires-symfony). */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Addresses: the routes of `src/Controller/Api`. */
export const siteAddresses = words(`
  /api/aids/ /api/aids/all/ /api/aids/by-id/{id}/ /api/aids/{slug}/ /api/aids/audiences/ /api/aids/types/ /api/aids/steps/
  /api/aids/destinations/ /api/aids/recurrences/ /api/aids/type-support/ /api/categories/ /api/themes/ /api/perimeters/
  /api/perimeters/scales/ /api/perimeters/data/ /api/perimeters/{territory}/ /api/backers/ /api/backer-groups/ /api/programs/
  /api/project-references/ /api/project-reference-categories/ /api/synonymlists/ /api/synonymlists/classic-list/ /api/connexion/`);

/** Parameters of aids: the keys, and their older names, of `src/Service/Aid/AidSearchFormService.php`; pages of `ApiController.php`. */
export const siteParameters = words(`
  keyword organization_type_slugs organization_type_slug organization_type_ids category_slugs category_ids apply_before published_after
  aid_type_group_slug aid_type_group_id aid_type_slugs aid_type_ids aid_step_slugs aid_step_ids aid_destination_slugs aid_destination_ids
  aid_recurrence_slug aid_recurrence_id call_for_projects_only is_charged perimeter_id project_reference_id european_aid_slug backer_ids
  backer_group_id programIds orderBy newIntegration
  text targeted_audiences organizationType categories themes categorysearch categorySearch applyBefore publishedAfter aidTypeGroup aid_type
  aidType financial_aids technical_aids aidtypes aidTypes mobilization_step aidSteps destinations aidDestinations recurrence
  isCallForProject isCharged searchPerimeter perimeter projectReferenceId european_aid europeanAid backers backerschoice backerGroup
  programs order_by new_integration page itemsPerPage size`);

/** Fields of an aid: `getResultsSpe` of `src/Controller/Api/Aid/AidController.php`. */
export const siteFields = words(`
  id slug url name name_initial short_title financers financers_full instructors instructors_full programs description eligibility
  perimeter perimeter_scale mobilization_steps origin_url categories is_call_for_project application_url targeted_audiences aid_types
  aid_types_full is_charged destinations start_date predeposit_date submission_deadline subvention_rate_lower_bound
  subvention_rate_upper_bound subvention_comment loan_amount recoverable_advance_amount contact recurrence project_examples
  import_data_url import_data_mention import_share_licence date_created date_updated project_references european_aid is_live`);
