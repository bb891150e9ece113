import { type Role, seesPatientData } from '../../contract/domain/roles.ts'
import type { EntityName } from '../../contract/sync/entities.ts'

const OPEN_TO_ALL: readonly EntityName[] = ['practice', 'person']

/** What a person's workstation may hold; every other row reaches it as `noop`. Denies unless a line says otherwise. */
export function maySeeEntity(roles: readonly Role[], entity: EntityName): boolean {
  return OPEN_TO_ALL.includes(entity) || seesPatientData(roles)
}
