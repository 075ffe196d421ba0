import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeployedApp } from '../deployment/deployed-app.ts';
import { startControlApi } from './control-api.ts';
import type { EnvironmentDescription } from './environment-description.ts';
import type { EnvironmentOptions } from './environment-options.ts';
