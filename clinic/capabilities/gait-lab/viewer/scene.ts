import { DirectionalLight, HemisphereLight, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { createBody } from './body.ts';
import { createFloor } from './floor.ts';
import { createForceLabels } from './force-labels.ts';
import { legPoint, type MotionData, pointAt } from './motion.ts';
import { paletteAt } from './palette.ts';

export type View = 'three-quarter' | 'side' | 'front' | 'top';

/** From where the camera looks at the hips, in millimetres; the walk goes along x. */
const FROM: Readonly<Record<View, readonly [number, number, number]>> = {
  'three-quarter': [2150, 500, 2750],
  side: [0, 60, 3600],
  front: [3600, 60, 0],
  top: [-1, 3800, 0],
};
/** The views suit a body of this height; a taller one is seen from farther away. */
const USUAL_MM = 1650;
/** Legs alone are lower, but their steps are as long. */
const LEAST_MM = 1400;
/** The head is drawn above the trunk's markers, by so much. */
const HEAD_ROOM_MM = 290;
const FIELD_DEG = 28;

/** The walk in space. It draws when asked to, and rests otherwise. */
export interface WalkScene {
  show(frame: number): void;
  look(view: View): void;
  /** Puts another walk in the place of this one. */
  load(motion: MotionData): void;
}

/**
 * Builds the picture within `stage`.
 *
 * @throws Error where the browser has no WebGL
 */
export function createScene(stage: HTMLElement, first: MotionData): WalkScene {
  let motion = first;
  const palette = paletteAt(stage);
  const renderer = new WebGLRenderer({ antialias: true, alpha: true });
  renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
  const camera = new PerspectiveCamera(FIELD_DEG, 1, 50, 30_000);
  const scene = new Scene();
  let body = createBody(motion, palette);
  let floor = createFloor(motion, palette);
  const sun = new DirectionalLight('white', 1.6);
  sun.position.set(2000, 4000, 3000);
  scene.add(new HemisphereLight('white', palette.line, 2), sun, floor, body.shape);
  const controls = new OrbitControls(camera, renderer.domElement);
  // The arrow keys step through the walk. A thumb that moves up or down scrolls the page, across it turns the walk.
  controls.enablePan = false;
  renderer.domElement.style.touchAction = 'pan-y';
  controls.minDistance = 1500;
  controls.maxDistance = 9000;
  stage.replaceChildren(renderer.domElement);
  const labels = createForceLabels(stage);
  const draw = (): void => {
    renderer.render(scene, camera);
    labels.place(body.forces, camera);
  };
  controls.addEventListener('change', draw);
  const fit = (): void => {
    const { clientWidth, clientHeight } = stage;
    renderer.setSize(clientWidth, clientHeight, false);
    camera.aspect = clientWidth / Math.max(1, clientHeight);
    // A narrow stage must still hold the whole body.
    camera.fov = FIELD_DEG * Math.max(1, 0.62 / camera.aspect);
    camera.updateProjectionMatrix();
    draw();
  };
  new ResizeObserver(fit).observe(stage);
  let tall = heightOf(motion);
  const middle = new Vector3(0, tall / 2, acrossOf(motion));
  const follow = (frame: number): void => {
    const hip =
      pointAt(motion, legPoint('left', 'hip'), frame) ?? pointAt(motion, legPoint('right', 'hip'), frame);
    if (!hip) return;
    const moved = hip[0] - middle.x;
    middle.x += moved;
    camera.position.x += moved;
    controls.target.copy(middle);
  };
  return {
    show(frame) {
      body.show(frame);
      follow(frame);
      controls.update();
      draw();
    },
    load(next) {
      scene.remove(body.shape, floor);
      motion = next;
      tall = heightOf(next);
      const moved = acrossOf(next) - middle.z;
      middle.set(middle.x, tall / 2, middle.z + moved);
      camera.position.z += moved;
      body = createBody(motion, palette);
      floor = createFloor(motion, palette);
      scene.add(body.shape, floor);
    },
    look(view) {
      camera.position
        .set(...FROM[view])
        .multiplyScalar(Math.max(tall, LEAST_MM) / USUAL_MM)
        .add(middle);
      controls.target.copy(middle);
      controls.update();
      draw();
    },
  };
}

/** Where in the room's width the walk goes, along the picture's depth: plates seldom lie in the middle of a room. */
function acrossOf(motion: MotionData): number {
  const sides: number[] = [];
  for (let frame = 0; frame < motion.frames; frame++)
    for (const side of ['left', 'right'] as const) {
      const hip = pointAt(motion, legPoint(side, 'hip'), frame);
      if (hip) sides.push(hip[1]);
    }
  return sides.length === 0 ? 0 : -sides.reduce((sum, one) => sum + one, 0) / sides.length;
}

/** From the floor to the top of the head that is drawn. */
function heightOf(motion: MotionData): number {
  const heights = motion.xyzMm.filter((value, index): value is number => index % 3 === 2 && value !== null);
  const highest = heights.reduce((most, value) => Math.max(most, value), 0);
  return (highest || USUAL_MM - HEAD_ROOM_MM) + (motion.points.includes('CLAV') ? HEAD_ROOM_MM : 0);
}
