package io.ipam;

import io.ipam.engine.Engine;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.ResolverSettings;
import io.ipam.resolution.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Resolves requests and decides them, repeatedly until a decision is based on the current state.
 * Thread safety: safe; no lock is held while a filter or an order runs.
 */
final class RequestLoop {
    private final PoolResolver resolver;
    private final Engine engine;

    RequestLoop(PoolResolver resolver, Engine engine) {
        this.resolver = resolver;
        this.engine = engine;
    }

    Resolution resolve(Workload workload, PoolSelections selections) {
        return resolver.resolve(workload, selections, engine.catalog(), new EngineView(engine));
    }

    /** Serves the request of a resolution, which is a first guess. */
    AllocationResult allocate(Resolution resolution, ResolverSettings settings, long clockMillis) {
        Resolution guess = isCurrent(resolution, settings) ? resolution : null;
        return allocate(resolution.workload(), resolution.selections(), guess, clockMillis);
    }

    /** A refusal is never current, because the owner's holdings may have changed. */
    private boolean isCurrent(Resolution guess, ResolverSettings settings) {
        return guess.catalogVersion() == engine.catalog().version()
                && guess.settings().equals(settings)
                && RequestResult.refusalOf(guess) == null;
    }

    /**
     * Serves a request.
     *
     * @param guess a resolution to start with, null if there is none
     * @param clockMillis the time
     */
    AllocationResult allocate(
            Workload workload, PoolSelections selections, @Nullable Resolution guess, long clockMillis) {
        long started = System.nanoTime();
        Resolution resolution = guess;
        while (true) {
            AllocationResult result = resolution == null
                    ? resolveAndDecide(workload, selections, clockMillis, started)
                    : decide(resolution, clockMillis, started);
            if (result != null) {
                return announced(result, started);
            }
            resolution = null;
        }
    }

    private @Nullable AllocationResult resolveAndDecide(
            Workload workload, PoolSelections selections, long clockMillis, long started) {
        Engine.Basis basis = engine.basis();
        EngineView view = new EngineView(engine);
        Resolution resolution = resolver.resolve(workload, selections, basis.catalog(), view);
        AllocationResult refused = RequestResult.refusalOf(resolution);
        if (refused == null) {
            return decide(resolution, clockMillis, started);
        }
        return engine.isCurrent(basis, resolution.owner(), view.lastHeld()) ? refused : null;
    }

    /** The result of a resolution that can be served; null if it is outdated. */
    private @Nullable AllocationResult decide(Resolution resolution, long clockMillis, long started) {
        GrantOutcome outcome = engine.grant(resolution, clockMillis, started);
        return outcome instanceof GrantOutcome.Outdated ? null : RequestResult.of(outcome, resolution);
    }

    private AllocationResult announced(AllocationResult result, long started) {
        if (result instanceof AllocationResult.Refused refused) {
            engine.announceRefusal(result.resolution().owner(), refused.reason(), started);
        }
        return result;
    }
}
