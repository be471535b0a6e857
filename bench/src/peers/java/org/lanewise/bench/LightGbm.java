package org.lanewise.bench;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * LightGBM's C functions on arrays that were copied to native memory beforehand. The friendlier LGBMBooster copies value by
 * value inside each call, which would count as LightGBM's time, and its buffer is too small for the scores of more than two
 * classes.
 */
final class LightGbm {
    private static final int ROW_MAJOR = 1;
    private static final int MODEL_BUFFER = 1 << 20;

    private LightGbm() {}

    /**
     * The binding unpacks its library to a fixed name in the temporary folder. Two processes that do so at once overwrite
     * each other's mapped code and crash, so each gets a folder of its own.
     */
    private static void loadFromOwnFolder() {
        String usual = System.getProperty("java.io.tmpdir");
        try {
            Path own = Files.createTempDirectory("lightgbm");
            own.toFile().deleteOnExit();
            System.setProperty("java.io.tmpdir", own.toString());
            LGBMBooster.loadNative();
            try (Stream<Path> unpacked = Files.list(own)) {
                unpacked.forEach(file -> file.toFile().deleteOnExit());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }

    private static void check(int status) {
        if (status != 0) throw new IllegalStateException("LightGBM: " + lightgbmlib.LGBM_GetLastError());
    }

    /** Floats in native memory; nothing works without, so the library is loaded here. */
    static final class Floats implements AutoCloseable {
        static {
            loadFromOwnFolder();
        }

        final SWIGTYPE_p_float pointer;

        Floats(int size) {
            pointer = lightgbmlib.new_floatArray(size);
        }

        static Floats of(float[] values) {
            return new Floats(values.length).set(values);
        }

        Floats set(float[] values) {
            for (int i = 0; i < values.length; i++) lightgbmlib.floatArray_setitem(pointer, i, values[i]);
            return this;
        }

        SWIGTYPE_p_void raw() {
            return lightgbmlib.float_to_voidp_ptr(pointer);
        }

        @Override
        public void close() {
            lightgbmlib.delete_floatArray(pointer);
        }
    }

    /** Doubles in native memory. */
    static final class Doubles implements AutoCloseable {
        private final SWIGTYPE_p_double pointer;
        private final int size;

        Doubles(int size) {
            this.size = size;
            pointer = lightgbmlib.new_doubleArray(size);
        }

        double[] get() {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) values[i] = lightgbmlib.doubleArray_getitem(pointer, i);
            return values;
        }

        @Override
        public void close() {
            lightgbmlib.delete_doubleArray(pointer);
        }
    }

    /** Binned rows. */
    static final class Data implements AutoCloseable {
        private final SWIGTYPE_p_void handle;

        Data(Floats x, int rows, int columns, Floats label, String params) {
            SWIGTYPE_p_p_void out = lightgbmlib.voidpp_handle();
            check(lightgbmlib.LGBM_DatasetCreateFromMat(x.raw(), lightgbmlibConstants.C_API_DTYPE_FLOAT32, rows,
                    columns,
                    ROW_MAJOR, params, null, out));
            handle = lightgbmlib.voidpp_value(out);
            check(lightgbmlib.LGBM_DatasetSetField(handle, "label", label.raw(), rows,
                    lightgbmlibConstants.C_API_DTYPE_FLOAT32));
        }

        @Override
        public void close() {
            check(lightgbmlib.LGBM_DatasetFree(handle));
        }
    }

    /** Trees that grow. */
    static final class Booster implements AutoCloseable {
        private final SWIGTYPE_p_void handle;
        private final SWIGTYPE_p_int finished = lightgbmlib.new_intp();
        private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();

        Booster(Data data, String params) {
            SWIGTYPE_p_p_void out = lightgbmlib.voidpp_handle();
            check(lightgbmlib.LGBM_BoosterCreate(data.handle, params, out));
            handle = lightgbmlib.voidpp_value(out);
        }

        void update() {
            check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, finished));
        }

        void update(Floats gradient, Floats hessian) {
            check(lightgbmlib.LGBM_BoosterUpdateOneIterCustom(handle, gradient.pointer, hessian.pointer, finished));
        }

        /** Of the training rows, after the rounds so far. */
        void scores(Doubles out) {
            check(lightgbmlib.LGBM_BoosterGetPredict(handle, 0, length, out.pointer));
        }

        /** Raw scores of rows, class after class in each. */
        void predict(Floats x, int rows, int columns, String params, Doubles out) {
            check(lightgbmlib.LGBM_BoosterPredictForMat(handle, x.raw(), lightgbmlibConstants.C_API_DTYPE_FLOAT32, rows,
                    columns, ROW_MAJOR, lightgbmlibConstants.C_API_PREDICT_RAW_SCORE, 0, -1, params, length,
                    out.pointer));
        }

        /** In the text format. */
        String model() {
            return lightgbmlib.LGBM_BoosterSaveModelToStringSWIG(handle, 0, -1,
                    lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_SPLIT, MODEL_BUFFER, length);
        }

        @Override
        public void close() {
            check(lightgbmlib.LGBM_BoosterFree(handle));
            lightgbmlib.delete_intp(finished);
            lightgbmlib.delete_int64_tp(length);
        }
    }
}
