package org.lanewise.henaw.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be measured in a person: HENAW's nine markers first, in the order its networks expect them, then the
 * measurements that the comparison clocks (PhenoAge, Klemera-Doubal) and the extended age model read.
 *
 * <p>Every value inside Lanewise is in the canonical unit of its marker. Readers convert, and {@link #unitFor} says which
 * unit a column is probably written in.
 *
 * <p>The accepted ranges only keep out what cannot be: they are wider than physiology because real files hold assay noise
 * (NHANES has an HbA1c of 2 %, below zero in mmol/mol; the published recipe, which clips before it shifts by age,
 * makes a CRP of -4).
 */
public enum Marker {
    // @formatter:off
    CRP("crp", "C-reactive protein", 30710, "crp_mg_dl", "mg/dL", -5, 500,
            unit("mg/L", 0.45, 20), unit("mg/dL", 10, 0, 0.03, 0.45)),
    HBA1C("hba1c", "glycated haemoglobin", 30750, "hba1c_pct", "%", -5, 250,
            unit("mmol/mol", 20, 110), unit("%", 10.93, -23.5, 3.9, 12.5)),
    CREATININE("creatinine", "creatinine", 30700, "creat_mg_dl", "mg/dL", 5, 2500,
            unit("umol/L", 30, 400), unit("mg/dL", 88.4017, 0, 0.35, 4.5)),
    ALBUMIN("albumin", "albumin", 30600, "albumin_g_dl", "g/dL", 10, 70,
            unit("g/L", 22, 60), unit("g/dL", 10, 0, 2.2, 6)),
    LYMPHOCYTE_PCT("lymphocyte_pct", "lymphocytes", 30180, "lymph_pct", "%", 0, 100,
            unit("%", 8, 65), unit("fraction", 100, 0, 0.08, 0.65)),
    RDW("rdw", "red-cell distribution width", 30070, "rdw_pct", "%", 6, 40,
            unit("%", 10.5, 22), unit("fraction", 100, 0, 0.105, 0.22)),
    GGT("ggt", "gamma-glutamyltransferase", 30730, "ggt_u_l", "U/L", 1, 2500,
            unit("U/L", 6, 200), unit("ukat/L", 60, 0, 0.1, 3.4)),
    AST("ast", "aspartate aminotransferase", 30650, "ast_u_l", "U/L", 1, 2500,
            unit("U/L", 6, 200), unit("ukat/L", 60, 0, 0.1, 3.4)),
    ALT("alt", "alanine aminotransferase", 30620, "alt_u_l", "U/L", 1, 2500,
            unit("U/L", 6, 200), unit("ukat/L", 60, 0, 0.1, 3.4)),

    GLUCOSE("glucose", "glucose", 30740, "glucose_mg_dl", "mg/dL", 1, 60,
            unit("mmol/L", 3, 20), unit("mg/dL", 0.0555, 0, 54, 360)),
    MCV("mcv", "mean corpuscular volume", 30040, "mcv_fl", "fL", 40, 160, unit("fL", 70, 120)),
    ALP("alp", "alkaline phosphatase", 30610, "alp_u_l", "U/L", 1, 2500,
            unit("U/L", 20, 300), unit("ukat/L", 60, 0, 0.3, 5)),
    WBC("wbc", "white-cell count", 30000, "wbc_k_ul", "10^9/L", 0.1, 400,
            unit("10^9/L", 2, 30), unit("cells/uL", 1e-3, 0, 2000, 30000)),
    BUN("bun", "urea nitrogen", 30670, "bun_mg_dl", "mg/dL", 0.5, 250,
            unit("mg/dL", 7.5, 60), unit("mmol/L", 2.8, 0, 2.2, 7.5)),
    URIC_ACID("uric_acid", "uric acid", 30880, "uric_acid_mg_dl", "mg/dL", 0.2, 30,
            unit("mg/dL", 2, 12), unit("umol/L", 0.01681, 0, 120, 700)),
    TOTAL_CHOLESTEROL("total_cholesterol", "total cholesterol", 30690, "totchol_mg_dl", "mg/dL", 30, 1000,
            unit("mg/dL", 80, 400), unit("mmol/L", 38.67, 0, 2, 10.5)),
    HDL("hdl", "HDL cholesterol", 30760, "hdl_mg_dl", "mg/dL", 2, 300,
            unit("mg/dL", 20, 120), unit("mmol/L", 38.67, 0, 0.5, 3.2)),
    BILIRUBIN("bilirubin", "total bilirubin", 30840, "ttbl_mg_dl", "mg/dL", 0, 60,
            unit("mg/dL", 0.1, 2), unit("umol/L", 1 / 17.1, 0, 2.5, 40)),
    MONOCYTE_PCT("monocyte_pct", "monocytes", 30190, "monocyte_pct", "%", 0, 100, unit("%", 2, 20)),
    RBC("rbc", "red-cell count", 30010, "rbc_m_ul", "10^12/L", 0.5, 12, unit("10^12/L", 2, 8)),
    SBP("sbp", "systolic blood pressure", 4080, "sbp_mmhg", "mmHg", 40, 320, unit("mmHg", 80, 220)),
    DBP("dbp", "diastolic blood pressure", 4079, "dbp_mmhg", "mmHg", 0, 250, unit("mmHg", 40, 140)),
    BMI("bmi", "body-mass index", 21001, "bmi", "kg/m2", 8, 140, unit("kg/m2", 14, 60)),
    WAIST("waist", "waist circumference", 48, "waist_cm", "cm", 30, 250, unit("cm", 50, 170)),
    FEV1("fev1", "forced expiratory volume in 1 s", 3063, "fev1_ml", "mL", 50, 9000,
            unit("mL", 500, 7000), unit("L", 1000, 0, 0.5, 7));
    // @formatter:on

    /** HENAW's nine, in network order. */
    public static final List<Marker> NINE = List.of(values()).subList(0, 9);

    /** Those of the nine that NHANES has in every wave with outcomes: all but AST and ALT. */
    public static final List<Marker> SEVEN = NINE.subList(0, 7);

    /** The extended age model's: the seven, eleven more from blood, and blood pressure, body-mass index and waist. */
    public static final List<Marker> TWENTY_TWO = Stream.concat(SEVEN.stream(),
            Stream.of(ALP, BUN, MCV, WBC, GLUCOSE, URIC_ACID, TOTAL_CHOLESTEROL, HDL, BILIRUBIN, MONOCYTE_PCT, RBC, SBP,
                    DBP, BMI, WAIST))
            .toList();

    /** The four overlapping systems of HENAW; the order inside a system is part of the architecture. */
    public enum Organ {
        INFLAMMATION(CRP, LYMPHOCYTE_PCT), METABOLISM(HBA1C, GGT, ALT, AST), FILTRATION(CREATININE,
                ALBUMIN), HAEMATOLOGY(RDW, LYMPHOCYTE_PCT);

        private final List<Marker> members;

        Organ(Marker... members) {
            this.members = List.of(members);
        }

        /** The markers of this system in concatenation order. */
        public List<Marker> members() {
            return members;
        }

        /** Lower-case name for reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String shortName;
    private final String description;
    private final int field;
    private final String nhanesName;
    private final String nhanesUnit;
    private final double lowest;
    private final double highest;
    private final List<MarkerUnit> units;

    Marker(String shortName, String description, int field, String nhanesName, String nhanesUnit, double lowest,
            double highest, MarkerUnit... units) {
        this.shortName = shortName;
        this.description = description;
        this.field = field;
        this.nhanesName = nhanesName;
        this.nhanesUnit = nhanesUnit;
        this.lowest = lowest;
        this.highest = highest;
        this.units = List.of(units);
    }

    private static MarkerUnit unit(String name, double lowestMedian, double highMedian) {
        return new MarkerUnit(name, 1, 0, lowestMedian, highMedian);
    }

    private static MarkerUnit unit(String name, double scale, double offset, double lowestMedian, double highMedian) {
        return new MarkerUnit(name, scale, offset, lowestMedian, highMedian);
    }

    /** Column name in canonical files and in every report, for example {@code hba1c}. */
    public String shortName() {
        return shortName;
    }

    /** Name for people. */
    public String description() {
        return description;
    }

    /** UK Biobank data-field id. */
    public int field() {
        return field;
    }

    /** Column in the NHANES extracts. */
    public String nhanesName() {
        return nhanesName;
    }

    /** The unit of {@link #nhanesName()}. */
    public MarkerUnit nhanesUnit() {
        return unit(nhanesUnit).orElseThrow();
    }

    /** Canonical unit first, then what else a laboratory may report. */
    public List<MarkerUnit> units() {
        return units;
    }

    /** The unit of every value of this marker inside Lanewise. */
    public MarkerUnit canonicalUnit() {
        return units.getFirst();
    }

    /** Smallest value accepted from a file, canonical unit. */
    public double lowest() {
        return lowest;
    }

    /** Largest value accepted from a file, canonical unit. */
    public double highest() {
        return highest;
    }

    /** Whether this is one of HENAW's nine. */
    public boolean isCore() {
        return ordinal() < 9;
    }

    /** The unit with this name, if the marker is ever reported in it. */
    public Optional<MarkerUnit> unit(String name) {
        return units.stream().filter(u -> u.isNamed(name)).findFirst();
    }

    /**
     * The unit a column with this median is probably written in: the canonical one when it is believable, else the only
     * other believable one, else nothing.
     */
    public Optional<MarkerUnit> unitFor(double median) {
        if (canonicalUnit().believable(median))
            return Optional.of(canonicalUnit());
        List<MarkerUnit> fitting = units.stream().filter(u -> u.believable(median)).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /** The marker with this short name, NHANES column name or UK Biobank field number. */
    public static Optional<Marker> named(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(m -> m.shortName.equals(plain) || m.nhanesName.equals(plain)
                || String.valueOf(m.field).equals(plain) || m.name().toLowerCase(Locale.ROOT).equals(plain))
                .findFirst();
    }
}
