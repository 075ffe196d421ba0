/**
 * Where a mapping is in its life.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html (`State`)
 */
export type MappingState =
  'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

/** What is done to a mapping; each takes a while, during which Lambda takes no other. */
export type MappingOperation = 'create' | 'enable' | 'disable' | 'update' | 'delete';

const STATE_DURING: Record<MappingOperation, MappingState> = {
  create: 'Creating',
  enable: 'Enabling',
  disable: 'Disabling',
  update: 'Updating',
  delete: 'Deleting',
};

/** A mapping that another operation still has; the same one may be tried again when it has ended. */
class ResourceInUseException extends Error {
  override readonly name = 'ResourceInUseException';

  constructor(operation: MappingOperation, state: MappingState) {
    super(
      `Cannot ${operation} an event source mapping that is ${state}; allowed: Enabled or Disabled; try again when it is.`,
    );
  }
}

/** Whether nothing is going on, so that an operation may begin. */
export function isStable(state: MappingState): boolean {
  return state === 'Enabled' || state === 'Disabled';
}

/** The state in which an operation begins. @throws {ResourceInUseException} while another one goes on. */
export function begin(state: MappingState, operation: MappingOperation): MappingState {
  if (!isStable(state)) throw new ResourceInUseException(operation, state);
  return STATE_DURING[operation];
}

/** The state once the pollers are as the mapping wants them. A mapping that is being deleted has no other state to come. */
export function settle(state: MappingState, enabled: boolean): MappingState {
  if (state === 'Deleting') return state;
  return enabled ? 'Enabled' : 'Disabled';
}
