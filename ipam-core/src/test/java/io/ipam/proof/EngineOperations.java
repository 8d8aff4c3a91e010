package io.ipam.proof;

import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The operations for Lincheck: {@link Calls} of one engine. */
@Param(name = "who", gen = IntGen.class, conf = "0:3")
@Param(name = "incarnation", gen = IntGen.class, conf = "2:3")
@Param(name = "request", gen = IntGen.class, conf = "0:9")
@Param(name = "address", gen = IntGen.class, conf = "0:2")
@Param(name = "first", gen = BooleanGen.class)
@Param(name = "catalog", gen = IntGen.class, conf = "0:3")
@Param(name = "force", gen = BooleanGen.class)
abstract class EngineOperations {
    private final Calls calls;

    EngineOperations(Calls calls) {
        this.calls = calls;
    }

    @Operation
    public String ask(@Param(name = "who") int who, @Param(name = "request") int request) {
        return calls.ask(who, request);
    }

    @Operation
    public String given(@Param(name = "who") int who, @Param(name = "address") int address) {
        return calls.given(who, address);
    }

    @Operation
    public String release(@Param(name = "who") int who) {
        return calls.release(who);
    }

    @Operation
    public String releaseEth0(@Param(name = "who") int who) {
        return calls.releaseInterface(who, "eth0");
    }

    @Operation
    public String releaseAddress(
            @Param(name = "who") int who, @Param(name = "address") int address, @Param(name = "first") boolean first) {
        return calls.releaseAddress(who, address, first);
    }

    @Operation
    public String handOver(@Param(name = "incarnation") int from, @Param(name = "incarnation") int to) {
        return calls.handOver(from, to);
    }

    @Operation
    public String swap(
            @Param(name = "catalog") int from, @Param(name = "catalog") int to, @Param(name = "force") boolean force) {
        return calls.swap(from, to, force);
    }

    @Operation
    public String usageOfA() {
        return calls.usage("a");
    }

    @Operation
    public String export() {
        return calls.export();
    }

    @Operation
    public String wipe() {
        return calls.wipe();
    }

    public static final class Real extends EngineOperations {
        public Real() {
            super(new RealEngine());
        }
    }

    /** The sequential specification. */
    public static final class Naive extends EngineOperations {
        public Naive() {
            super(new NaiveEngine());
        }
    }

    /** The naive engine under one lock: correct and slow. */
    public static final class Locked extends EngineOperations {
        public Locked() {
            super(new LockedEngine());
        }
    }

    public static final class AllocateThenUndo extends EngineOperations {
        public AllocateThenUndo() {
            super(new PlantedEngines.AllocateThenUndo(new LockedEngine()));
        }
    }

    public static final class FallbackAlone extends EngineOperations {
        public FallbackAlone() {
            super(new PlantedEngines.FallbackAlone(new LockedEngine()));
        }
    }

    public static final class LockAsYouGo extends EngineOperations {
        public LockAsYouGo() {
            super(new PlantedEngines.LockAsYouGo(new LockedEngine()));
        }
    }

    public static final class ChooseThenRecord extends EngineOperations {
        public ChooseThenRecord() {
            super(new PlantedEngines.ChooseThenRecord(new LockedEngine()));
        }
    }

    public static final class LookThenAllocate extends EngineOperations {
        public LookThenAllocate() {
            super(new PlantedEngines.LookThenAllocate(new LockedEngine()));
        }
    }

    public static final class ReleaseWithoutGuard extends EngineOperations {
        public ReleaseWithoutGuard() {
            super(new PlantedEngines.ReleaseWithoutGuard(new LockedEngine()));
        }
    }

    public static final class CompareThenHandOver extends EngineOperations {
        public CompareThenHandOver() {
            super(new PlantedEngines.CompareThenHandOver(new LockedEngine()));
        }
    }

    public static final class ExportInParts extends EngineOperations {
        public ExportInParts() {
            super(new PlantedEngines.ExportInParts(new LockedEngine()));
        }
    }

    public static final class StaleCatalog extends EngineOperations {
        public StaleCatalog() {
            super(new PlantedEngines.StaleCatalog(new LockedEngine()));
        }
    }

    public static final class StaleRefusal extends EngineOperations {
        public StaleRefusal() {
            super(new PlantedEngines.StaleRefusal(new LockedEngine()));
        }
    }
}
