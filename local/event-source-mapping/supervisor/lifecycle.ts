/**
 * The state of a mapping.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html (`State`)
 */
export type MappingState =
  'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

/** An operation on a mapping. Each takes a while, during which Lambda accepts no other. */
export type MappingOperation = 'create' | 'enable' | 'disable' | 'update' | 'delete';

const STATE_DURING: Record<MappingOperation, MappingState> = {
  create: 'Creating',
  enable: 'Enabling',
  disable: 'Disabling',
  update: 'Updating',
  delete: 'Deleting',
};

/** Another operation on the mapping is in progress; the rejected one may be retried after it. */
class ResourceInUseException extends Error {
  override readonly name = 'ResourceInUseException';

  constructor(operation: MappingOperation, state: MappingState) {
    super(
      `Cannot ${operation} an event source mapping that is ${state}; allowed: Enabled or Disabled; try again when it is.`,
    );
  }
}

/** Returns whether no operation is in progress, so that one may start. */
export function isStable(state: MappingState): boolean {
  return state === 'Enabled' || state === 'Disabled';
}

/** Returns the state at the start of an operation. @throws {ResourceInUseException} while another one is in progress. */
export function begin(state: MappingState, operation: MappingOperation): MappingState {
  if (!isStable(state)) throw new ResourceInUseException(operation, state);
  return STATE_DURING[operation];
}

/** Returns the state at the end of an operation. A mapping that is being deleted gets no further state. */
export function settle(state: MappingState, enabled: boolean): MappingState {
  if (state === 'Deleting') return state;
  return enabled ? 'Enabled' : 'Disabled';
}
