import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { MetaFacts } from '@rectus/sonography';
import type { association, Dataset as DataSet, requests, responses } from 'dcmjs-dimse';
import type { Clock } from '../../platform/clock.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { type Admission, admit, type Caller, type Gatekeeper, isWelcome } from './admit.ts';
import { answerStore, STORE_STATUS, type StoreAnswer } from './answer-store.ts';
import { answerWorklist } from './answer-worklist.ts';
import { negotiate } from './contexts.ts';
import type { GatedSocket } from './gated-socket.ts';
import { IncomingFile } from './incoming-file.ts';
import { responses as answers, constants, Dataset, MOST_IN_A_UNIT, Scp } from './library.ts';

/** What every connection needs to know. */
export interface Reception extends Gatekeeper {
  readonly files: FileStore;
  readonly clock: Clock;
}

/** A machine that says nothing for so long has gone. */
const IDLE_MS = 2 * 60_000;

/** Whoever asks for shorter units than this would have an answer sent byte by byte. */
const LEAST_IN_A_UNIT = 1024;

/** One conversation with a machine. Whatever is out of turn ends it. */
export class MachineConnection extends Scp {
  readonly #gate: GatedSocket;
  readonly #reception: Reception;
  readonly #address: string;
  readonly #files = new Map<requests.CStoreRequest, IncomingFile>();
  #asked = false;
  #caller: Caller | null = null;
  #work: Promise<void> | null = null;
  #cancelled = false;

  constructor(gate: GatedSocket, address: string, reception: Reception) {
    // The gate does everything that the library asks of a socket.
    super(gate as unknown as Socket, { connectTimeout: IDLE_MS, pduTimeout: IDLE_MS });
    this.#gate = gate;
    this.#address = address;
    this.#reception = reception;
    this.on('networkError', () => gate.destroy());
    gate.on('data', () => this.#pauseWhereFull());
    gate.on('close', () => {
      for (const file of this.#files.values()) this.#dropFile(file);
    });
  }

  /** Whether a machine is let in. */
  get admitted(): boolean {
    return this.#caller !== null;
  }

  /** Resolves when what is being worked on is done. */
  async settled(): Promise<void> {
    await this.#work;
  }

  override associationRequested(wanted: association.Association): void {
    if (this.#asked) {
      this.#end();
      return;
    }
    this.#asked = true;
    const call = {
      called: wanted.getCalledAeTitle(),
      calling: wanted.getCallingAeTitle(),
      address: this.#address,
    };
    this.#run(async () => {
      const admission = await admit(this.#reception, call).catch((error: Error) => {
        this.#reception.say(`DIMSE: nobody can be let in: ${error.message}`);
        return null;
      });
      if (this.#gate.destroyed) return;
      if (admission?.kind === 'admitted') this.#accept(wanted, admission);
      else this.#reject(admission);
    });
  }

  #accept(wanted: association.Association, { context, machine }: Caller): void {
    this.#caller = { context, machine };
    negotiate(wanted.getPresentationContexts() as unknown as Parameters<typeof negotiate>[0]);
    // The library answers with what is asked of us; what we can take is told first, then what they can.
    const theirs = wanted.getMaxPduLength();
    wanted.setMaxPduLength(MOST_IN_A_UNIT);
    wanted.setNegotiateAsyncOps(false);
    this.sendAssociationAccept();
    // 0 says "any length".
    wanted.setMaxPduLength(theirs === 0 ? MOST_IN_A_UNIT : Math.max(theirs, LEAST_IN_A_UNIT));
  }

  #reject(refused: Exclude<Admission, { kind: 'admitted' }> | null): void {
    const { RejectResult, RejectSource, RejectReason } = constants;
    if (!refused)
      this.sendAssociationReject(
        RejectResult.Transient,
        RejectSource.ServiceProviderPresentation,
        RejectReason.TemporaryCongestion,
      );
    else
      this.sendAssociationReject(
        RejectResult.Permanent,
        RejectSource.ServiceUser,
        refused.unknown === 'called'
          ? RejectReason.CalledAeNotRecognized
          : RejectReason.CallingAeNotRecognized,
      );
    this.#gate.end();
  }

  override associationReleaseRequested(): void {
    this.sendAssociationReleaseResponse();
    this.#gate.end();
  }

  override abort(): void {
    this.#end();
  }

  override cEchoRequest(
    request: requests.CEchoRequest,
    callback: (response: responses.CEchoResponse) => void,
  ): void {
    if (!this.#caller) {
      this.#end();
      return;
    }
    const response = answers.CEchoResponse.fromRequest(request);
    response.setStatus(constants.Status.Success);
    callback(response);
  }

  override createStoreWritableStream(
    context: association.PresentationContext,
    request: requests.CStoreRequest,
  ): IncomingFile {
    const accepted = context.getResult() === constants.PresentationContextResult.Accept;
    if (!this.#caller || !accepted || this.#files.size > 0 || this.#work)
      throw new Error('A file out of turn.');
    this.#gate.fileBegins();
    const file = new IncomingFile(this.#reception.files, randomUUID(), factsOf(context, request));
    this.#files.set(request, file);
    file.on('roomy', () => this.#gate.isPaused() && this.#gate.resume());
    return file;
  }

  override createDatasetFromStoreWritableStream(
    _file: unknown,
    context: association.PresentationContext,
    callback: (dataset: DataSet) => void,
  ): void {
    this.#gate.fileEnds();
    // The data set lies in its draft; the library only wants to know that it came.
    callback(new Dataset({}, context.getAcceptedTransferSyntaxUid()));
  }

  override cStoreRequest(
    request: requests.CStoreRequest,
    callback: (response: responses.CStoreResponse) => void,
  ): void {
    const file = this.#files.get(request);
    this.#serve(async (caller) => {
      this.#files.delete(request);
      const answer: StoreAnswer = file
        ? await answerStore(caller, this.#reception.files, { file, say: this.#reception.say })
        : { status: STORE_STATUS.notUnderstood, comment: 'There is no data set' };
      const response = answers.CStoreResponse.fromRequest(request);
      response.setStatus(answer.status);
      if (answer.comment) response.setErrorComment(answer.comment);
      callback(response);
    });
  }

  override cFindRequest(request: requests.CFindRequest): void {
    this.#gate.messageEnds();
    this.#cancelled = false;
    this.#serve((caller) =>
      answerWorklist(caller, request, {
        now: this.#reception.clock.now(),
        // The library's own way to answer is open once, and a question has many answers.
        send: (response) => this.sendResponse(request, response),
        stopped: () => this.#cancelled || this.#gate.destroyed,
        say: this.#reception.say,
      }),
    );
  }

  override cCancelRequest(): void {
    // One question at a time is asked, so it is that one.
    this.#cancelled = true;
  }

  /** Does something for a machine that was let in, as long as it is still one of the clinic's. */
  #serve(work: (caller: Caller) => Promise<void>): void {
    const caller = this.#caller;
    if (!caller) {
      this.#end();
      return;
    }
    this.#run(async () => {
      if (await isWelcome(caller)) await work(caller);
      else this.#end();
    });
  }

  /** Does one thing at a time: a machine that asks for two at once has not negotiated that. */
  #run(work: () => Promise<void>): void {
    if (this.#work) {
      this.#end();
      return;
    }
    this.#work = work()
      .catch((error: Error) => {
        this.#reception.say(`DIMSE: a conversation with ${this.#address} ended: ${error.message}`);
        this.#end();
      })
      .finally(() => {
        this.#work = null;
      });
  }

  /** What broke off is of no use. Should we be stopped ourselves, the sweep finds it. */
  #dropFile(file: IncomingFile): void {
    const remove = () => this.#reception.files.removeDraft(file.draft);
    file.destroy();
    file.stored.then(remove, remove).catch(() => {});
  }

  #pauseWhereFull(): void {
    for (const file of this.#files.values()) if (file.full) this.#gate.pause();
  }

  #end(): void {
    this.#gate.destroy();
  }
}

const UID = /^[0-9.]{1,64}$/;

function factsOf(context: association.PresentationContext, request: requests.CStoreRequest): MetaFacts {
  const uid = (value: unknown) => (typeof value === 'string' && UID.test(value) ? value : '');
  return {
    sopClass: uid(request.getAffectedSopClassUid()),
    sopInstance: uid(request.getAffectedSopInstanceUid()),
    transferSyntax: context.getAcceptedTransferSyntaxUid() ?? '',
  };
}
