import { format, resolveConfig } from 'prettier';
import type { DeployedStage } from '../deployed-stage.ts';
import type { JudgedSeries } from '../judge-series.ts';
import { alarmGroups } from './alarm-rows.ts';
import { drawSvg } from './draw.ts';
import { alarmsPage } from './page.ts';
import { drawnPicture, pictures } from './pictures.ts';

const PAGE = 'docs/alarms.md';

export interface ReportFile {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** Makes the page on alarms and its pictures, as they are under docs/. */
export async function formattedReport(
  stage: DeployedStage,
  series: readonly JudgedSeries[],
): Promise<readonly ReportFile[]> {
  const drawn = await Promise.all(
    pictures.map(async (picture) => ({
      file: `alarms/${picture.series.toLowerCase()}.svg`,
      caption: picture.caption,
      text: `${await drawSvg(drawnPicture(stage, picture))}\n`,
    })),
  );
  const page = alarmsPage({
    groups: alarmGroups(stage),
    series,
    pictures: drawn,
    prefix: stage.namespace,
  });
  return [
    { path: PAGE, text: await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }) },
    ...drawn.map(({ file, text }) => ({ path: `docs/${file}`, text })),
  ];
}
