import 'uplot/dist/uPlot.min.css';
import './page.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './store.ts';

const place = document.querySelector('#page');
if (place !== null) render(<App />, place);
connect();
